import { z } from 'zod';

/** What several components of card JSON 2.0 have in common, as the platform's documents describe it. */

export const inside = z.array(z.unknown());
export const pixels = (most: number) =>
  z.string().refine((text) => {
    const parts = text.split(' ');
    return (
      parts.length <= 4 &&
      parts.every((part) => /^-?\d+(px)?$/.test(part) && Math.abs(Number.parseInt(part, 10)) <= most)
    );
  }, 'not a length in px');
export const spacing = z.union([z.enum(['small', 'medium', 'large', 'extra_large']), pixels(99)]);
export const horizontal = z.enum(['left', 'center', 'right']);
export const vertical = z.enum(['top', 'center', 'bottom']);
export const width = z.union([z.enum(['default', 'fill', 'auto']), z.string().regex(/^\d{2,4}px$/)]);
export const sizes = z.enum([
  'heading-0', 'heading-1', 'heading-2', 'heading-3', 'heading-4', 'heading', 'normal', 'normal_v2', 'notation',
  'xxxx-large', 'xxx-large', 'xx-large', 'x-large', 'large', 'medium', 'small', 'x-small',
]); // biome-ignore format: one list
export const colour = z
  .string()
  .regex(
    /^(default|(blue|wathet|turquoise|green|yellow|orange|red|carmine|violet|purple|indigo|grey|lime|neutral|light_grey)(-\d{2,3})?|rgba\(.*\))$/,
  );

/** Every component may be named for the platform's other interfaces, and be moved. */
export const anywhere = {
  element_id: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/, 'not an element id')
    .optional(),
  margin: pixels(99).optional(),
};
export const laidOut = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: pixels(99).optional(),
  horizontal_spacing: spacing.optional(),
  vertical_spacing: spacing.optional(),
  horizontal_align: horizontal.optional(),
  vertical_align: vertical.optional(),
};

export const plainText = (most = Number.POSITIVE_INFINITY) =>
  z.strictObject({
    tag: z.literal('plain_text'),
    content: z.string().refine((text) => Array.from(text).length <= most, `longer than ${most} characters`),
    text_size: sizes.optional(),
    text_color: colour.optional(),
    text_align: horizontal.optional(),
    lines: z.int().positive().optional(),
    element_id: anywhere.element_id,
  });
const larkMarkdown = z.strictObject({
  tag: z.literal('lark_md'),
  content: z.string(),
  text_size: sizes.optional(),
  text_align: horizontal.optional(),
  lines: z.int().positive().optional(),
});
export const anyText = z.discriminatedUnion('tag', [plainText(), larkMarkdown]);
export const icon = z.strictObject({
  tag: z.enum(['standard_icon', 'custom_icon']),
  token: z.string().optional(),
  color: colour.optional(),
  img_key: z.string().optional(),
});

const behaviour = z.discriminatedUnion('type', [
  // The SDKs hand on nothing but objects.
  z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.json()) }),
  z.strictObject({
    type: z.literal('open_url'),
    default_url: z.string(),
    pc_url: z.string().optional(),
    ios_url: z.string().optional(),
    android_url: z.string().optional(),
  }),
]);
const confirm = z.strictObject({ title: plainText(), text: plainText() });
export const interactive = {
  ...anywhere,
  name: z.string().min(1).optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText().optional(),
  width: width.optional(),
  behaviors: z.array(behaviour).optional(),
  confirm: confirm.optional(),
};
export const field = { ...interactive, placeholder: plainText(100).optional() };
export const options = z
  .array(z.strictObject({ text: plainText(), icon: icon.optional(), value: z.string() }))
  .refine((list) => new Set(list.map(({ value }) => value)).size === list.length, 'two options have one value');

export const day = z.iso.date();
