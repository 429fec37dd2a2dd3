import type { Stage } from './acting.ts';
import type { App } from './app.ts';
import type { Tapped } from './callbacks.ts';
import { envelope, idsOf } from './events.ts';
import type { Message } from './messages.ts';
import type { Person } from './people.ts';
import { findButton, handIn } from './shown-card.ts';

/** What a client sends beside the value of what was tapped. */
export interface Tapping {
  readonly formValue?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly tag?: string;
  readonly option?: string;
  readonly options?: readonly string[];
  readonly inputValue?: string;
  readonly checked?: boolean;
  /** Leaves the operator's open_id out, as some callbacks do. */
  readonly withoutOpenId?: boolean;
}

/** What people do on cards, and what they see of it. */
export function createTapping({ app, time, people, messages, callbacks, deliveries, transport }: Stage) {
  /** Taps something whose `value` is known. */
  const taps = async (openId: string, messageId: string, value: unknown, how: Tapping = {}): Promise<Tapped> => {
    const message = messages.find(messageId);
    const token = callbacks.begin(message);
    const event = { ...tapEvent(app, people.person(openId), message, value, how), token };
    const outcome = await deliveries.call(envelope(app, 'card.action.trigger', time.now(), event));
    return callbacks.end(token, outcome, transport().name);
  };

  return {
    taps,
    /** Presses the button with this label, with the form around it filled in. */
    presses: (openId: string, messageId: string, label: string, filled: Readonly<Record<string, unknown>> = {}) => {
      const { value, name, form } = findButton(messages.find(messageId).shown, label);
      return taps(openId, messageId, value, {
        ...(name === null ? {} : { name }),
        ...(form === null ? {} : { formValue: handIn(form, filled) }),
      });
    },
  };
}

function tapEvent(app: App, person: Person, message: Message, value: unknown, how: Tapping): object {
  const { open_id: openId, ...otherIds } = idsOf(app, person) as { open_id: string };
  const given = {
    value: value ?? undefined,
    tag: how.tag ?? 'button',
    timezone: 'Asia/Shanghai',
    name: how.name,
    form_value: how.formValue,
    option: how.option,
    options: how.options,
    input_value: how.inputValue,
    checked: how.checked,
  };
  return {
    operator: { tenant_key: app.tenantKey, ...(how.withoutOpenId === true ? {} : { open_id: openId }), ...otherIds },
    action: Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)),
    host: 'im_message',
    context: { open_message_id: message.messageId, open_chat_id: message.chatId },
  };
}
