import { z } from 'zod';
import {
  anyText,
  anywhere,
  colour,
  day,
  field,
  horizontal,
  icon,
  inside,
  interactive,
  laidOut,
  options,
  pixels,
  plainText,
  sizes,
  spacing,
  vertical,
  width,
} from './card-parts.ts';

/**
 * The components of card JSON 2.0 as the platform's documents describe them, one strict schema each: a property that
 * does not stand here is an error there. What a component contains is checked by whoever walks through the card.
 */

const cells = {
  text: z.union([z.string(), z.number()]),
  lark_md: z.string(),
  markdown: z.string(),
  number: z.number(),
  date: z.int(),
  options: z.union([z.string(), z.array(z.strictObject({ text: z.string(), color: colour.optional() }))]),
  persons: z.union([z.string(), z.array(z.string())]),
} as const;

const column = z.strictObject({
  name: z.string().min(1),
  display_name: z.string().optional(),
  data_type: z.enum(['text', 'lark_md', 'markdown', 'number', 'date', 'options', 'persons']),
  width: z
    .string()
    .regex(/^(auto|(8\d|9\d|[1-5]\d\d|600)px|(100|[1-9]\d?)%)$/)
    .optional(),
  horizontal_align: horizontal.optional(),
  vertical_align: vertical.optional(),
  format: z
    .strictObject({
      precision: z.int().min(0).max(10).optional(),
      symbol: z.string().max(1).optional(),
      separator: z.boolean().optional(),
    })
    .optional(),
  date_format: z.string().optional(),
});

/** One row of a table with these columns. */
export const rowSchema = (columns: readonly z.output<typeof column>[]) =>
  z.strictObject(Object.fromEntries(columns.map(({ name, data_type: type }) => [name, cells[type].optional()])));

export const componentSchemas = {
  markdown: z.strictObject({
    tag: z.literal('markdown'),
    content: z.string(),
    text_size: sizes.optional(),
    text_align: horizontal.optional(),
    icon: icon.optional(),
    ...anywhere,
  }),
  div: z.strictObject({
    tag: z.literal('div'),
    text: anyText,
    icon: icon.optional(),
    width: width.optional(),
    ...anywhere,
  }),
  hr: z.strictObject({ tag: z.literal('hr'), ...anywhere }),
  img: z.strictObject({
    tag: z.literal('img'),
    img_key: z.string(),
    alt: plainText().optional(),
    title: plainText().optional(),
    scale_type: z.enum(['crop_center', 'crop_top', 'fit_horizontal']).optional(),
    size: z.string().optional(),
    preview: z.boolean().optional(),
    corner_radius: z.string().optional(),
    ...anywhere,
  }),
  table: z.strictObject({
    tag: z.literal('table'),
    page_size: z.int().min(1).max(10).optional(),
    row_height: z
      .string()
      .regex(/^(low|middle|high|auto|(3[2-9]|[4-9]\d|1[01]\d|12[0-4])px)$/)
      .optional(),
    row_max_height: z
      .string()
      .regex(/^(3[2-9]|[4-9]\d|[1-9]\d\d)px$/)
      .optional(),
    freeze_first_column: z.boolean().optional(),
    header_style: z
      .strictObject({
        text_align: horizontal.optional(),
        text_size: z.enum(['normal', 'heading']).optional(),
        background_style: z.enum(['grey', 'none']).optional(),
        text_color: z.enum(['default', 'grey']).optional(),
        bold: z.boolean().optional(),
        lines: z.int().positive().optional(),
      })
      .optional(),
    columns: z
      .array(column)
      .min(1)
      .max(50)
      .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'two columns have one name'),
    rows: inside,
    ...anywhere,
  }),
  chart: z.strictObject({
    tag: z.literal('chart'),
    aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
    color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
    chart_spec: z.unknown(),
    preview: z.boolean().optional(),
    height: z
      .string()
      .regex(/^(auto|[1-9]\d{0,2}px)$/)
      .optional(),
    ...anywhere,
  }),
  form: z.strictObject({ tag: z.literal('form'), name: z.string().min(1), elements: inside, ...laidOut, ...anywhere }),
  column_set: z.strictObject({
    tag: z.literal('column_set'),
    columns: inside.min(1),
    flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
    horizontal_spacing: spacing.optional(),
    horizontal_align: horizontal.optional(),
    background_style: colour.optional(),
    ...anywhere,
  }),
  column: z.strictObject({
    tag: z.literal('column'),
    elements: inside,
    width: z
      .string()
      .regex(/^(auto|weighted|(1[6-9]|[2-9]\d|[1-5]\d\d|600)px)$/)
      .optional(),
    weight: z.int().min(1).max(5).optional(),
    background_style: colour.optional(),
    ...laidOut,
    ...anywhere,
  }),
  button: z.strictObject({
    tag: z.literal('button'),
    text: plainText(100).optional(),
    type: z
      .enum([
        'default',
        'primary',
        'danger',
        'text',
        'primary_text',
        'danger_text',
        'primary_filled',
        'danger_filled',
        'laser',
      ])
      .optional(),
    size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
    icon: icon.optional(),
    hover_tips: plainText().optional(),
    form_action_type: z.enum(['submit', 'reset']).optional(),
    ...interactive,
  }),
  input: z.strictObject({
    tag: z.literal('input'),
    input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
    default_value: z.string().optional(),
    max_length: z.int().min(1).max(1000).optional(),
    rows: z.int().positive().optional(),
    auto_resize: z.boolean().optional(),
    max_rows: z.int().positive().optional(),
    show_icon: z.boolean().optional(),
    label: plainText().optional(),
    label_position: z.enum(['top', 'left']).optional(),
    ...field,
  }),
  select_static: z.strictObject({
    tag: z.literal('select_static'),
    type: z.enum(['default', 'text']).optional(),
    options,
    initial_option: z.string().optional(),
    initial_index: z.int().min(0).optional(),
    ...field,
  }),
  multi_select_static: z.strictObject({
    tag: z.literal('multi_select_static'),
    type: z.enum(['default', 'text']).optional(),
    options,
    selected_values: z.array(z.string()).optional(),
    ...field,
  }),
  date_picker: z.strictObject({
    tag: z.literal('date_picker'),
    initial_date: day.optional(),
    ...field,
  }),
} as const;

/** The card around its components. */
export const cardSchema = z.strictObject({
  schema: z.literal('2.0'),
  config: z
    .strictObject({
      // Other cards than shared ones are not there any more.
      update_multi: z.literal(true).optional(),
      enable_forward: z.boolean().optional(),
      enable_forward_interaction: z.boolean().optional(),
      width_mode: z.enum(['default', 'compact', 'fill']).optional(),
      use_custom_translation: z.boolean().optional(),
      streaming_mode: z.boolean().optional(),
      summary: z.strictObject({ content: z.string() }).optional(),
      style: z.strictObject({ text_size: z.json().optional(), color: z.json().optional() }).optional(),
    })
    .optional(),
  card_link: z
    .strictObject({
      url: z.string().optional(),
      pc_url: z.string().optional(),
      ios_url: z.string().optional(),
      android_url: z.string().optional(),
    })
    .optional(),
  header: z
    .strictObject({
      title: anyText,
      subtitle: anyText.optional(),
      template: z
        .enum([
          'blue',
          'wathet',
          'turquoise',
          'green',
          'yellow',
          'orange',
          'red',
          'carmine',
          'violet',
          'purple',
          'indigo',
          'grey',
          'default',
        ])
        .optional(),
      text_tag_list: z
        .array(
          z.strictObject({
            tag: z.literal('text_tag'),
            text: plainText(),
            color: colour.optional(),
            element_id: anywhere.element_id,
          }),
        )
        .max(3)
        .optional(),
      icon: icon.optional(),
      padding: pixels(99).optional(),
    })
    .optional(),
  body: z.strictObject({ elements: inside, ...laidOut }).optional(),
});
