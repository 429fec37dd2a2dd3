import { z } from 'zod';
import { defineCollection } from './domain/collection.ts';

/** What the store knows about itself: `sample` marks the sample college. */
export const settings = defineCollection({
  name: 'settings',
  schema: z.object({ name: z.string(), value: z.json() }),
  key: ['name'],
});
