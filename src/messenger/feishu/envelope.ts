import { z } from 'zod';
import type { Instant } from '../../domain/day.ts';

/** What the platform sent is of no known shape, is for another app, or does not say who acted. */
export class FeishuEventError extends Error {
  readonly fault: 'shape' | 'app' | 'nobody';
  /** The field that is not as it should be, such as `event.message.message_id`; empty when it is the whole. */
  readonly place: string;
  constructor(fault: FeishuEventError['fault'], place = '') {
    super(`no event that can be read: ${fault}${place === '' ? '' : ` at ${place}`}`);
    this.name = 'FeishuEventError';
    this.fault = fault;
    this.place = place;
  }
}

/** An id of the platform, short enough for the keys that are made of several. */
export const idSchema = z.string().regex(/^[!-~]{1,64}$/);
const optionalId = z
  .union([idSchema, z.literal('')])
  .nullish()
  .transform((id) => id || null);

/** A point in time as digits: seconds, milliseconds or, in card actions, microseconds since 1970. */
export const timeSchema = z.union([z.string().regex(/^\d{1,17}$/), z.number().int().nonnegative().max(1e17)]);

/** Milliseconds; which unit it was shows in the magnitude until the year 5138. */
export function millisecondsOf(time: string | number): number {
  const value = Number(time);
  if (value < 1e11) return value * 1000;
  return value < 1e14 ? value : Math.floor(value / 1000);
}

export const instantOf = (time: string | number): Instant => new Date(millisecondsOf(time)).toISOString();

export const cardAction = 'card.action.trigger';

const tapSchema = z.object({ header: z.object({ event_type: z.literal(cardAction) }) });
/** Whether a payload, well-formed or not, is somebody's tap on a card. */
export const isTap = (payload: unknown): boolean => tapSchema.safeParse(payload).success;

const v2Schema = z.looseObject({
  schema: z.literal('2.0'),
  header: z.looseObject({
    event_id: idSchema,
    event_type: z.string().min(1).max(100),
    create_time: timeSchema.nullish(),
    token: z.string().nullish(),
    app_id: z.string().nullish(),
    tenant_key: z.string().nullish(),
  }),
  event: z.looseObject({}),
});

/** The shape of old events, which a console may still have subscribed to; none of them is for the bot. */
const v1Schema = z
  .looseObject({
    type: z.literal('event_callback'),
    uuid: idSchema,
    token: z.string().nullish(),
    event: z.looseObject({ type: z.string().min(1).max(100), app_id: z.string().nullish() }),
  })
  .transform(({ uuid, token, event }) => ({
    header: {
      event_id: uuid,
      event_type: event.type,
      create_time: null,
      token,
      app_id: event.app_id,
      tenant_key: null,
    },
    event,
  }));

export type Envelope = z.output<typeof v1Schema> | z.output<typeof v2Schema>;

/** @throws FeishuEventError */
export function readEnvelope(payload: unknown): Envelope {
  const value = withoutPrototypeKeys(payload);
  const isOld = typeof value === 'object' && value !== null && 'type' in value;
  return isOld ? checked(v1Schema, value, []) : checked(v2Schema, value, []);
}

/** @throws FeishuEventError naming the place below `path` */
export function checked<S extends z.ZodType>(schema: S, value: unknown, path = ['event']): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new FeishuEventError('shape', [...path, ...(result.error.issues[0]?.path ?? [])].join('.'));
}

const prototypeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The value without the names by which what is merged from outside could reach into every object. */
function withoutPrototypeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypeKeys);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (!prototypeKeys.has(key)) kept[key] = withoutPrototypeKeys(inner);
  }
  return kept;
}

/** A person's three ids; `user_id` is there only with its scope. */
const personSchema = z.looseObject({ open_id: optionalId, user_id: optionalId });

/** Some cards tell the operator's ids one level further down. */
const operatorSchema = z
  .looseObject({
    open_id: optionalId,
    user_id: z.union([personSchema, optionalId]),
    operator_id: personSchema.nullish(),
    tenant_key: z.string().nullish(),
  })
  .transform(({ open_id, user_id, operator_id, tenant_key }) => {
    const nested = operator_id ?? (typeof user_id === 'object' ? user_id : null);
    return {
      open_id: open_id ?? nested?.open_id ?? null,
      user_id: (typeof user_id === 'string' ? user_id : null) ?? nested?.user_id ?? null,
      tenant_key,
    };
  });

const mentionSchema = z.looseObject({
  key: z.string().min(1).max(64),
  id: z.union([z.string(), personSchema]).nullish(),
  name: z.string().nullish(),
  mentioned_type: z.string().nullish(),
});
export type Mention = z.output<typeof mentionSchema>;

export const messageSchema = z.looseObject({
  sender: z.looseObject({
    sender_id: personSchema.nullish(),
    sender_type: z.string(),
    tenant_key: z.string().nullish(),
  }),
  message: z.looseObject({
    message_id: idSchema,
    create_time: timeSchema.nullish(),
    chat_id: idSchema,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(mentionSchema).nullish(),
  }),
});

export const actionSchema = z.looseObject({
  operator: operatorSchema,
  token: z.string().nullish(),
  action: z.looseObject({
    value: z.unknown(),
    name: z.string().optional(),
    option: z.string().optional(),
    form_value: z.record(z.string(), z.unknown()).optional(),
  }),
  context: z.looseObject({ open_message_id: idSchema, open_chat_id: idSchema }),
});

export const menuSchema = z.looseObject({
  operator: z.looseObject({ operator_id: personSchema, operator_name: z.string().nullish() }),
  event_key: z.string().min(1).max(64),
  timestamp: timeSchema.nullish(),
});

export const enteredSchema = z.looseObject({ chat_id: idSchema, operator_id: personSchema });

export const joinedSchema = z.looseObject({
  chat_id: idSchema,
  operator_id: personSchema.nullish(),
  name: z.string().nullish(),
  i18n_names: z.looseObject({ zh_cn: z.string().nullish() }).nullish(),
});

export const removedSchema = z.looseObject({ chat_id: idSchema });

export const recalledSchema = z.looseObject({ message_id: idSchema });

const departments = z.array(z.string().max(64)).nullish();

export const contactSchema = z.looseObject({
  object: personSchema.extend({
    name: z.string().nullish(),
    department_ids: departments,
    status: z.looseObject({ is_resigned: z.boolean().nullish(), is_exited: z.boolean().nullish() }).nullish(),
  }),
  old_object: z.looseObject({ department_ids: departments }).nullish(),
});

/** `learning_state` 2 is 通过; the duration is in seconds. */
export const registrationSchema = z.looseObject({
  course_id: idSchema,
  learner: z.looseObject({ user_id: personSchema }),
  learning_duration: z.number().int().nonnegative().nullish(),
  finished_at: timeSchema.nullish(),
  learning_state: z.number().int().nullish(),
});
