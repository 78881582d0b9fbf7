import { requireWriteScope } from '../auth/write-scope.ts';
import { builder } from '../builder.ts';
import './message.ts';
import './chat.ts';
import './query.ts';
import './node.ts';
import './update-chat-crm-data.ts';
import '../federation/entities.ts';
import '../federation/service.ts';

/** The executable schema. Each file above defines one noun on the builder when it is imported. */
export const schema = requireWriteScope(builder.toSchema());
