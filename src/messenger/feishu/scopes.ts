/** What the app has to be granted in the platform's console, by what 学时簿 needs it for. */
export interface Feature {
  readonly feature: 'private' | 'group' | 'files' | 'urgent' | 'people' | 'units' | 'learning' | 'self-check';
  readonly scopes: readonly string[];
  /** Without the rest the bot is of no use; without these it only lacks something. */
  readonly optional?: true;
}

export const features: readonly Feature[] = [
  {
    feature: 'private',
    scopes: [
      'im:message.p2p_msg:readonly',
      'im:message:send_as_bot',
      'im:message:readonly',
      'im:chat.access_event.bot_p2p_chat:read',
    ],
  },
  { feature: 'group', scopes: ['im:message.group_at_msg:readonly', 'im:chat:readonly', 'im:chat.members:bot_access'] },
  { feature: 'files', scopes: ['im:resource'] },
  { feature: 'people', scopes: ['contact:user.employee_id:readonly', 'contact:user.id:readonly'] },
  {
    feature: 'units',
    scopes: [
      'contact:contact.base:readonly',
      'contact:user.base:readonly',
      'contact:user.department:readonly',
      'contact:department.base:readonly',
    ],
    optional: true,
  },
  { feature: 'urgent', scopes: ['im:message.urgent'], optional: true },
  { feature: 'self-check', scopes: ['application:application:self_manage'], optional: true },
  { feature: 'learning', scopes: ['elearning:course_learner_data:readonly'], optional: true },
];

/** What the setup pastes into the console; the platform's own courses are off by default and left out. */
export const scopesToImport = {
  scopes: {
    tenant: features.flatMap(({ feature, scopes }) => (feature === 'learning' ? [] : scopes)),
    user: [] as readonly string[],
  },
} as const;
