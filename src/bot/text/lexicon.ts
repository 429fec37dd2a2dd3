/**
 * The words of free speech by what they stand for. `filler` says nothing. A word has one meaning; where two claim it the
 * longer word wins in a text, and the phrases of `intents.ts` say what may stand together.
 */
const words = {
  filler:
    '汇报 重报 重新报 重新登记 再报 尚有 尚 需我 多不多 得多不多 之前 以前 情形 那我 材料 一并 还有没有 还有 请 麻烦 劳驾 帮我 帮忙 帮 给我 给 替我 一下子 一下 下 呗 吧 啊 呀 呢 哦 噢 嘛 吗 么 了 的 地 得 着 过 嗯 呃 额 那个 这个 就是 然后 现在 目前 眼下 到底 究竟 请问 问一下 问下 问问 想问 想 想要 要是 可以 可不可以 能 能不能 能否 您 你 老师 同志 哈 唉 哎 哎呀 来 来着 看看 看一下 看下 看一看 看 瞧瞧 瞅瞅 瞅一眼 查查 查一下 查下 查一查 查询 查 了解 知道 想知道 告诉 说说 说一下 发 发我 拿 是 是不是 有没有 有 都有 都 全 也 又 再 把 将 被 和 与 及 跟 、 嗷 咧 喽 噻 哩 在 去 上 到 里 呐 好 好的 快 赶紧 尽快 先 这 那 些 个 份 篇 次 条 件 遍 号 第 登记号 编号 总共 一共 合计 最近 几时 呦 哟 儿 今天 今儿 自动 当前 截至目前 截止目前 为止',
  me: '老子 我 我的 本人 本人的 我自己 自己 自己的 俺 俺的 咱 咱的 咱自己 我这边 我这里 我这儿',
  howMany: '多少 几个 几 多少个 几多',
  lack: '还差 差 相差 还缺 缺 缺口 还欠 还少 欠 还要学 还需要学 还需 还需要 还得 还得学 剩 还剩 还要',
  hours: '学时 课时 学分 学时数 总学时',
  enough: '够 够不够 够了没 够没够 达标 达没达标 达不达标 完成 完成情况 完不成 没完成',
  year: '今年 本年 本年度 今年度 年度 去年 前年 上年',
  cycle: '五年 5年 周期 550 五年内',
  standing: '进度 进展 情况 怎么样 怎样 如何 咋样 啥情况 什么情况 多了',
  learnt: '学 学习 学了 学习了 攒 攒了 累计 积累 修 修了 挣 拿到 记了 上了 学到 拿了',
  who: '人员 人员有哪些 谁 谁们 哪些人 哪位 哪几位 哪几个 哪几个人 什么人 哪些同志 哪些干部 哪些老师 有谁 都有谁 还有谁 哪个人 还有哪些人',
  not: '没 没有 还没 还没有 未 尚未 还未 不',
  hand: '上报 交 交了 提交 上交 交上来 写 写了 交不交 交没交 交没',
  reflection: '体会 心得 学习体会 心得体会 学习心得 感想 学习总结',
  roll: '名单 有哪些 哪些 列表 清单 哪个 哪几篇 哪几条',
  late: '逾期 过期 超期 拖欠 拖着',
  latest:
    '刚才 刚刚 刚 那条 那一条 最后一条 最后那条 最近一条 最近那条 最新一条 上一条 上条 上一个 刚才那条 刚才那个 刚才那份 前面那条 这条 那个登记 刚那条',
  log: '申请 登记 登 报 记 填 登记的 填报 申报 报的 登的 记的 填的',
  record: '记录 台账 学时记录 登记记录 明细 档案 学习档案 培训档案',
  wrong:
    '错了 错 弄错了 弄错 搞错了 搞错 写错了 写错 填错了 填错 记错了 记错 报错了 登错了 登记错了 登错 不对 有误 有问题 弄岔了 有错',
  refusesLeave: '不准 不准假 不准请假 不予准假',
  withdraw: '撤回 撤回来 撤了 撤销 撤掉 撤 收回 收回来 拿回来 删了 删除 删掉 删 不要了 作废 取消 拉回来 退掉',
  review: '审核 审 审批 审核审核 审审',
  waiting: '待审核 待审 没审 未审 未审核 要审 要审核 等审 要批 待批 等着审 没批 还没审 没审核 等我审 排队',
  approve: '通过 批了 批准 批 同意 批掉 过了 准了 认定 批下来 批下来了 审过了',
  approveAll: '全过 都过 全都过 全过了 都过了',
  sendBack: '退 退回 退回去 退了 打回 打回去',
  reject: '驳回',
  every: '全部 全都 所有 统统 一起 一键',
  how: '怎么 咋 咋么 怎么着 哪里 在哪 哪 从哪 在哪里 哪儿 啥办法',
  what: '何事 什么 啥 哪些事 什么事 啥事 哪件事 哪些 什么事情',
  why: '为什么 为啥 凭什么 凭啥 怎么会 咋就',
  grasp: '理解 理解的 看懂 看出来 看出 认出来 算出来 算 算的 算成 识别 解析 读 判断 得出 懂',
  theAmount: '半天 一天',
  content: '理论教育 党性教育 专业化能力 知识培训',
  date: '日期 时间 内容 类别 方式',
  todo: '需我办理 办理 待办 要办 该办 要做 该做 没办 要我办 要我做 需要办 需要做 要处理 没做 要干 该干 没办完 得办 需要我办 办',
  task: '任务 事 事情 活 活儿 工作 事项 事儿',
  training: '培训 课 课程 党课 讲座 报告 学习班 培训班',
  took: '参加 参加过 参加了 上过 听过',
  done: '到什么程度 到啥程度 做好了 好了 出来 出了 下来 到哪 到哪里 到哪儿 到哪一步',
  when: '什么时候 啥时候 何时 几号 哪天 几天 多久 几天之内 几天内 截止 期限 最晚 最迟 截止日期',
  words: '字 字数 多少字 几个字 几千字 几百字 多长',
  demand: '要求 最少 至少 不少于 规定 需要 要 应该 得写 要写',
  ourUnit:
    '我们单位 我单位 本单位 我们处 我们院 我们学院 我们部门 我们部 单位里 单位 我们处里 俺们处 咱们单位 咱单位 咱处 咱们处 咱们院 我们科室 我处 我院 我部门',
  everyUnit: '各单位 各部门 各学院 各处室 全校 全院 各个单位 各二级单位 哪些单位 哪个单位 哪个学院 学校整体',
  statistics: '统计 汇总 数据 排名',
  remind: '催 催一下 催催 催办 催交 催一催 督促',
  reminder: '提醒 提醒我 通知 消息',
  import: '导入 导进去 上传 导进来',
  export: '导出 下载 导出来 导 导一份 excel Excel EXCEL 表格',
  rules: '参数 制度 规定 规则 标准 政策',
  audit: '审计 留痕 谁改的 谁改了 谁动了 谁改过 改动 改过 操作日志 日志',
  selfCheck: '自查 减负自查 减负',
  bulletin: '通报 月报 月度通报',
  month: '这个月 本月 上个月 上月 当月 月',
  help: '帮助 说明书 功能 使用说明 说明 操作手册 教程 菜单',
  use: '弄 弄好 用 使 使用 操作 会用 玩',
  can: '会 会干 会做 能干 能做 干 做 能干点 会点',
} as const;

export type Concept = keyof typeof words;

/** A piece of a text: a word of the lexicon, a number, or letters that are in it under no meaning. */
export type Token =
  | { readonly type: 'word'; readonly concept: Exclude<Concept, 'filler'>; readonly words: string }
  | { readonly type: 'number'; readonly words: string }
  | { readonly type: 'unknown'; readonly words: string };

interface Entry {
  readonly words: string;
  readonly concept: Concept;
}

/** By first character, the longest first. */
const byStart = new Map<string, Entry[]>();
for (const [concept, listed] of Object.entries(words)) {
  for (const word of listed.split(' ')) {
    const start = word.slice(0, 1);
    byStart.set(start, [...(byStart.get(start) ?? []), { words: word, concept: concept as Concept }]);
  }
}
for (const entries of byStart.values()) entries.sort((a, b) => b.words.length - a.words.length);

const numberHere = /\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]{2,9}/y;
const yearHere = /20\d\d\s?年度?/y;
const letterHere = /[\p{L}\p{N}]/uy;

/** Splits a text into the longest words known, from left to right; fillers, spaces and marks fall away. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let unknown = '';
  const flush = (): void => {
    if (unknown !== '') tokens.push({ type: 'unknown', words: unknown });
    unknown = '';
  };
  for (let at = 0; at < text.length; ) {
    const found = byStart.get(text.charAt(at))?.find((entry) => text.startsWith(entry.words, at));
    yearHere.lastIndex = at;
    const year = yearHere.exec(text)?.[0];
    if (year !== undefined) {
      flush();
      tokens.push({ type: 'word', concept: 'year', words: year });
      at += year.length;
      continue;
    }
    numberHere.lastIndex = at;
    const number = numberHere.exec(text)?.[0];
    letterHere.lastIndex = at;
    const letter = letterHere.exec(text)?.[0];
    const isLonger = found !== undefined && found.words.length > (number?.length ?? 0);
    if (!isLonger && letter !== undefined && number === undefined) unknown += letter;
    else flush();
    if (isLonger && found.concept !== 'filler') {
      tokens.push({ type: 'word', concept: found.concept, words: found.words });
    } else if (!isLonger && number !== undefined) tokens.push({ type: 'number', words: number });
    at += isLonger ? found.words.length : (number ?? letter ?? text.charAt(at)).length;
  }
  flush();
  return tokens;
}
