import { type Stage, tell } from './acting.ts';
import type { Delivery } from './deliveries.ts';
import { departmentIds } from './directory-routes.ts';
import { idsOf, userObject } from './events.ts';
import type { Person } from './people.ts';

/** What happens without anybody saying anything. */
export function createHappenings(stage: Stage) {
  const { app, people, messages, time } = stage;

  const tellOfChat = (eventType: string, chatId: string, by: string): Promise<Delivery> => {
    const { name } = people.chat(chatId);
    return tell(stage, eventType, {
      chat_id: chatId,
      operator_id: idsOf(app, people.person(by)),
      external: false,
      operator_tenant_key: app.tenantKey,
      name,
      i18n_names: { zh_cn: name },
    });
  };

  const contact = (person: Person): Readonly<Record<string, unknown>> => ({
    ...userObject(app, person, departmentIds(people, person)),
  });

  return {
    /** Told each time that the private chat is opened. */
    opensChat: (openId: string) => {
      const person = people.person(openId);
      const last = messages.all.filter(({ chatId }) => chatId === person.privateChat).at(-1);
      const before = last && { last_message_id: last.messageId, last_message_create_time: String(last.sentAt) };
      const event = { chat_id: person.privateChat, operator_id: idsOf(app, person), ...before };
      return tell(stage, 'im.chat.access_event.bot_p2p_chat_entered_v1', event);
    },
    pressesMenu: (openId: string, eventKey: string) => {
      const person = people.person(openId);
      return tell(stage, 'application.bot.menu_v6', {
        operator: { operator_name: person.name, operator_id: idsOf(app, person) },
        event_key: eventKey,
        timestamp: Math.floor(time.now() / 1000),
      });
    },
    addsBot: (chatId: string, by: string) => {
      people.chat(chatId).botIsIn = true;
      return tellOfChat('im.chat.member.bot.added_v1', chatId, by);
    },
    removesBot: (chatId: string, by: string) => {
      people.chat(chatId).botIsIn = false;
      return tellOfChat('im.chat.member.bot.deleted_v1', chatId, by);
    },
    dissolvesChat: (chatId: string, by: string) => {
      people.chat(chatId).dissolved = true;
      return tellOfChat('im.chat.disbanded_v1', chatId, by);
    },
    /** Something about somebody changes in the address book. */
    contactChanged: (openId: string, change: Partial<Pick<Person, 'name' | 'mobile' | 'email' | 'departments'>>) => {
      const person = people.person(openId);
      const before = contact(person);
      Object.assign(person, change);
      const after = contact(person);
      const isSame = (key: string): boolean => JSON.stringify(before[key]) === JSON.stringify(after[key]);
      const old = Object.fromEntries(Object.entries(before).filter(([key]) => !isSame(key)));
      return tell(stage, 'contact.user.updated_v3', { object: after, old_object: old });
    },
    /** Somebody's account ends. */
    leaves: (openId: string) => {
      const person = people.person(openId);
      const old = { department_ids: departmentIds(people, person), open_id: openId };
      person.resigned = true;
      return tell(stage, 'contact.user.deleted_v3', {
        object: { ...contact(person), department_ids: [] },
        old_object: old,
      });
    },
    /** In Feishu's own courses; `state` 2 is passed, times are in seconds. */
    learns: (openId: string, course: { courseId: string; seconds: number; state: 0 | 1 | 2 | 3 }) => {
      const now = Math.floor(time.now() / 1000);
      return tell(stage, 'elearning.course_registration.updated_v2', {
        course_id: course.courseId,
        learner: { user_id: idsOf(app, people.person(openId)), email: '', phone: '' },
        enroll_at: now - course.seconds,
        enroll_type: 1,
        learning_duration: course.seconds,
        finished_at: course.state === 2 ? now : 0,
        learning_state: course.state,
        compulsory_lesson_ids: [],
        learned_compulsory_lesson_ids: [],
        optional_lesson_ids: [],
        learned_optional_lesson_ids: [],
      });
    },
    /** An event of any type. */
    tells: (eventType: string, event: object) => tell(stage, eventType, event),
  };
}
