/** Words of the walks that show a newcomer what the bot does. `cadre`, `clerk` and the like are people's names. */
export const tourWords = {
  title: '带我看看',
  offer: '第一次来？一起走一遍：登记、审核、逾期、通报、幕后，约五分钟。',
  begin: '开始',
  decline: '不用了',
  step: (at: number, of: number): string => `第 ${at} 步，共 ${of} 步`,
  /** What the walk says for the people in it. */
  says: {
    log: '昨天下午在报告厅听了《专题党课》，半天，党性教育',
    review: '审核',
    overdue: '逾期',
    bulletin: '通报',
  },
  steps: {
    log: (cadre: string, said: string): string => `${cadre}用自己的话登记：“${said}”。`,
    confirm: (cadre: string): string => `学时簿把听懂的列成草稿；${cadre}核对后，按卡片上的按钮提交。`,
    review: (clerk: string, said: string): string => `换到经办${clerk}，发“${said}”，看刚提交的登记。`,
    approve: (cadre: string): string => `经办按“通过”，学时就记入${cadre}的档案；也可以退回，请本人补充。`,
    overdue: (cadre: string, said: string): string => `审核结果已送到${cadre}的窗口。经办再发“${said}”，看谁有事没办。`,
    bulletin: (said: string): string => `有人逾期，就从名单上催办、下载 Excel。经办再发“${said}”，看本月情况。`,
    backstage: '通报的每个数字都有依据。打开“幕后”，看刚才每一步留下的记录。',
  },
  doings: { says: '替我说', presses: '替我按', opens: '替我打开', moves: '替我快进' },
  skip: '跳过这段',
  leave: '收起引导',
  otherwise: '学时簿另有答复，请看窗口里的说明；改好就会继续，也可以跳过这段。',
  cardGone: '要按的卡片不在了，请从这一步再来。',
  scenes: {
    hours: {
      done: '走完了。再按“快进”让日子过去，看提醒和通报怎样到来。',
      instead: '看登记审核',
      next: '再看登记和审核',
    },
    course: {
      done: '这个班走完了：开班、请假、签到、点名、补训、结班，都留有记录，在“幕后”可查。',
      instead: '看培训班',
      next: '再看一个培训班',
    },
  },
  again: '再走一遍',
  close: '收起',
} as const;

/** What somebody writes about a recording; longer than the shortest that is taken. */
const recordingText = [
  '第二课次我因为临时处理学生事务没有到课，也没有及时请假，首先说明情况并接受批评。这几天我完整看了理论辅导的录像，重点部分看了两遍，边看边记，现将学习体会报告如下。',
  '第一，学理论要联系自己的工作。辅导中讲到，理论学习不能停留在读过、听过，要能说清楚它回答了什么问题、对本职工作提出了什么要求。对照自己，过去参加学习比较注意记要点，回到学院以后很少再拿出来想一想。今后每次学习之后，我要写下一两件能够马上改进的事，月底再看做了没有。',
  '第二，做决定之前要先调查研究。辅导老师举了几个基层的例子，都是先听了师生的意见，再定办法，后来执行得就比较顺利。学院最近在修订实习安排，我准备先到三个班级各听一次意见，把学生反映最多的交通和指导时间两个问题弄清楚，再提交会议讨论。班主任老师和辅导员离学生最近，他们的意见也要专门听一次，听来的情况逐条记下，能办的当月就办，办不了的向提意见的人说清原因。',
  '第三，守纪律要从小事做起。这次缺课，反映出我对培训纪律重视不够，时间安排上也没有留出余地。按时到课、有事请假，本来就是对授课老师和同班学员的尊重。以后遇到时间冲突，我会提前办理请假，不再事后说明。',
  '录像中关于理论教育和业务工作相结合的部分，我还整理了一页笔记，已经在院务会上作了介绍，请大家一起对照检查。下一步，我将按上面几条抓好落实，并在年底述职时报告完成情况。',
].join('\n');

/** The walk through a class. */
export const courseTourWords = {
  says: {
    open: (people: readonly string[], day: string): string =>
      `建班 《党性教育示范班》 ${people.join('、')}\n${day} 9:30-11:30 党性教育 2学时 专题报告\n14:00-16:00 理论教育 2学时 理论辅导`,
    leave: (course: number): string => `请假 ${course} 第1课次 上午外出开会`,
    code: (course: number): string => `签到码 ${course} 第1课次`,
    signIn: (code: string): string => `签到 ${code}`,
    roll: (course: number, late: string): string => `考勤 ${course} 第2课次 全部到，除了${late}缺勤`,
    makeUp: (course: number): string => `补训 ${course} 第2课次 ${recordingText}`,
    desk: '补训 待审',
    decide: (course: number): string => `考勤 ${course} 处理 全部 意见 已谈话，按期补训`,
    close: (course: number): string => `结班 ${course}`,
  },
  steps: {
    open: (clerk: string): string => `经办${clerk}用一段话建班：班名、三个人、两个课次，下一个工作日上课。`,
    confirm: '草稿列出课程表、名单和学时占比，有冲突会提示。按“确认”开班，每个人都会收到参训通知。',
    ask: (leaver: string): string => `换到${leaver}：第 1 课次来不了，一句话请假。`,
    approve: (clerk: string): string => `${clerk}的窗口里来了请假卡片，写明累计请假是否超过规定。按“准假”。`,
    sign: (clerk: string, cadre: string): string =>
      `快进到上课那天早上：${clerk}发“签到码”，${cadre}照着教室屏幕上的六位数字签到。`,
    late: (late: string): string => `再快进一小时，签到码换了新的；${late}这时才到，用新码签到，记为迟到。`,
    roll: (late: string): string =>
      `第 1 课次按签到自动确认；第 2 课次${late}没来，也没请假。快进到下一个工作日，经办一句话点名，再确认考勤。`,
    makeUp: (late: string): string => `学时已记入各人档案。缺课的${late}收到补训通知，看过录像，交一篇体会。`,
    accept: (clerk: string): string => `${clerk}发“补训 待审”，看过后按“通过”，缺的学时补记。`,
    close: (clerk: string): string =>
      `请假超过规定和无故缺勤的，${clerk}先写明处理意见，再发“结班”：缺什么会列出来；齐全就结班，情况表和报告随后送到。`,
  },
} as const;
