import { request } from 'node:http';
import Koa from 'koa';
import { describe, expect, it } from 'vitest';
import { guard, isLoopback } from '../../src/http/guard.ts';
import { listen } from '../../src/http/server.ts';

const isAnswered = async (configured: string, host: string): Promise<boolean> => {
  const app = new Koa();
  app.silent = true;
  app.use(guard(configured));
  app.use((ctx) => {
    ctx.body = 'page';
  });
  const server = await listen(app, '127.0.0.1', 0);
  try {
    return await new Promise((resolve, reject) => {
      request({ port: server.port, host: '127.0.0.1', headers: { Host: host } }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      })
        .on('error', reject)
        .end();
    });
  } finally {
    await server.close(100);
  }
};

describe('the names under which the simulator answers', () => {
  it.each([
    ['127.0.0.1', 'localhost:3000', true],
    ['127.0.0.1', '10.1.2.3', false],
    ['127.0.0.1', '127.0.0.1.evil.example', false],
    ['sim.college.edu', 'SIM.college.edu:3000', true],
    ['sim.college.edu', 'evil.example', false],
    ['10.1.2.3', '10.1.2.3:3000', true],
    ['0.0.0.0', '10.1.2.3:3000', true],
    ['0.0.0.0', '[fd00::1]:3000', true],
    ['0.0.0.0', 'rebound.evil.example:3000', false],
    ['::', '10.1.2.3', true],
    ['fd00::1', '[fd00::1]:3000', true],
  ])('with HOST %s, %s is answered: %s', async (configured, host, expected) => {
    expect(await isAnswered(configured, host)).toBe(expected);
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.1.2.3', false],
  ['127.evil.example', false],
  ['sim.college.edu', false],
])('HOST %s stays within this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
