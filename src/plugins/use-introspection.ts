import {
  getOperationAST,
  getVariableValues,
  NoSchemaIntrospectionCustomRule,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Identity } from '../auth/identity.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';

/**
 * Shows the schema to whom `INTROSPECTION` allows it. From the others it is hidden whole: introspection fails
 * validation, and errors suggest no names ("Did you mean"), out of which the schema can be guessed.
 * `__typename` and `_service` are ordinary fields.
 */
export function useIntrospection(
  mode: Config['graphql']['introspection'],
): Plugin<Context, { identity: Identity }> {
  const isHidden = ({ isAuthenticated }: Identity) =>
    mode === 'off' || (mode === 'authenticated' && !isAuthenticated);
  return {
    onValidate({ context: { identity }, addValidationRule, setValidationFn }) {
      if (!isHidden(identity)) return;
      // Yoga keeps results by document and by the names of the rules, so this one also keeps the two kinds apart.
      addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((schema, document, rules: readonly ValidationRule[]) =>
        validate(schema, document, rules, { hideSuggestions: true }),
      );
    },
    onExecute({ args: { schema, document, operationName, variableValues, contextValue }, ...hooks }) {
      if (!isHidden(contextValue.identity)) return;
      // The executor would coerce variables with suggestions, so that what it would refuse is refused here.
      const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
      const { errors } = getVariableValues(schema, definitions, variableValues ?? {}, {
        hideSuggestions: true,
        maxErrors: 50,
      });
      if (errors) hooks.setResultAndStopExecution({ errors });
    },
  };
}
