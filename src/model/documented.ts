/** A REST object's documented members, without the index signature that stands for keys of tomorrow. */
export type Documented<T> = { readonly [K in keyof T as string extends K ? never : K]: T[K] };
