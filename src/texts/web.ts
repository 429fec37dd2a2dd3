/** What the web server says, to a person at a browser or to the operator. */
export const webWords = {
  notFound: '没有这个地址。',
  wrongMethod: '这个地址不接受此种请求。',
  wrongHost: '请用启动时显示的地址访问（或把 HOST 设为您所用的主机名）。',
  wrongOrigin: '请求来自别的网站，已拒绝。',
  wrongType: '请求的内容类型不对。',
  wrongShape: '请求的内容不对，请刷新页面后再试。',
  tooLarge: (limit: number): string => `内容过大，最多 ${Math.floor(limit / 1_048_576)} MB。`,
  tooSlow: '接收内容超时，请再试一次。',
  notUtf8: '内容不是 UTF-8 文字。',
  tooManyPages: '同时打开的页面太多，请关掉几个再刷新。',
  failed: '出了点问题，没有办成，请再试一次；仍不行请告诉管理员。',
  unavailable: '现在记不了账，请稍后再试。',
  fileGone: '文件已不在了。',
  portInUse: (host: string, port: number): string =>
    `端口 ${port}（${host}）已被别的程序占用：请关掉它，或用环境变量 PORT 换一个端口再启动。`,
  portForbidden: (port: number): string => `没有权限使用端口 ${port}：请用环境变量 PORT 换一个大于 1023 的端口。`,
  hostUnknown: (host: string): string => `本机没有地址 ${host}：请改环境变量 HOST（默认 127.0.0.1）。`,
  pageMissing: (folder: string): string => `模拟器的页面还没有构建（${folder}）：请先运行 npm run build。`,
} as const;
