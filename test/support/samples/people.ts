import { createRandom } from './random.ts';

/** One line of the sample roster, as the department writes it. */
export interface Person {
  readonly name: string;
  readonly staffNo: string;
  readonly unit: string;
  readonly position: string;
  readonly grade: '中层正职' | '中层副职' | '其他';
  /** `2021.03` */
  readonly appointed: string;
  readonly born: string;
  readonly young: boolean;
  readonly state: '在职' | '退休' | '离任';
  readonly roles: readonly string[];
}

interface Unit {
  readonly name: string;
  /** Positions from the head down; the first one leads the unit. */
  readonly positions: readonly string[];
}

const office = (name: string, head: string, deputies: number, sections: readonly string[]): Unit => ({
  name,
  positions: [head, ...Array.from({ length: deputies }, () => `副${head}`), ...sections],
});
const school = (name: string, deputies: number, offices: readonly string[]): Unit => ({
  name,
  positions: [
    '党总支书记',
    '院长',
    ...Array.from({ length: deputies }, (_, i) => (i === 0 ? '党总支副书记' : '副院长')),
    ...offices,
  ],
});

const units: readonly Unit[] = [
  office('组织部', '部长', 1, ['干部教育科科长', '干部科科长']),
  office('党政办公室', '主任', 2, ['秘书科科长', '综合科科长']),
  office('宣传部', '部长', 1, ['理论教育科科长', '新闻中心主任']),
  office('统战部', '部长', 1, []),
  office('纪委办公室', '主任', 1, ['监督检查科科长']),
  office('人事处', '处长', 2, ['干部人事档案室主任', '师资科科长']),
  office('教务处', '处长', 2, ['教学运行科科长', '实践教学科科长']),
  office('科研处', '处长', 1, ['项目管理科科长', '学术期刊编辑部主任']),
  office('学生工作处', '处长', 2, ['思想教育科科长', '就业指导中心主任', '心理健康中心主任']),
  office('财务处', '处长', 2, ['预算管理科科长', '会计核算科科长']),
  office('审计处', '处长', 1, []),
  office('资产管理处', '处长', 1, ['采购管理科科长']),
  office('后勤管理处', '处长', 2, ['基建维修科科长', '饮食服务中心主任']),
  office('保卫处', '处长', 1, ['安全管理科科长']),
  office('国际合作与交流处', '处长', 1, []),
  office('信息化办公室', '主任', 2, ['网络安全科科长']),
  office('工会', '常务副主席', 0, ['综合部部长']),
  office('团委', '书记', 1, ['组织部部长']),
  office('图书馆', '馆长', 2, ['读者服务部主任']),
  office('继续教育处', '处长', 2, ['培训管理科科长', '学历教育科科长']),
  school('教育科学学院', 3, ['办公室主任', '学生工作办公室主任']),
  school('教师发展学院', 3, ['办公室主任', '培训部主任', '学生工作办公室主任']),
  school('学前教育学院', 2, ['办公室主任', '学生工作办公室主任']),
  school('中文学院', 3, ['办公室主任', '学生工作办公室主任']),
  school('数学学院', 2, ['办公室主任', '学生工作办公室主任']),
  school('外国语学院', 2, ['办公室主任', '学生工作办公室主任']),
  school('马克思主义学院', 3, ['办公室主任', '学生工作办公室主任']),
  school('信息技术学院', 2, ['办公室主任', '学生工作办公室主任']),
  school('科学教育学院', 2, ['办公室主任', '学生工作办公室主任']),
  school('体育与艺术学院', 3, ['办公室主任', '学生工作办公室主任']),
  school('心理与特殊教育学院', 2, ['办公室主任', '学生工作办公室主任']),
];

type Fixed = Partial<Omit<Person, 'unit'>> & Pick<Person, 'name'>;
/** People whom tests, the README and the simulator know by name: unit and place in its positions. */
const known: Readonly<Record<string, Fixed>> = {
  '教育科学学院/3': { name: '王芳', staffNo: 'E0001', appointed: '2019.06', born: '1978.05' },
  '组织部/0': {
    name: '陈国栋',
    staffNo: 'E0002',
    appointed: '2020.01',
    born: '1972.11',
    roles: ['单位负责人', '部长'],
  },
  '组织部/2': { name: '赵敏', staffNo: 'E0003', appointed: '2021.09', born: '1986.03', roles: ['经办'] },
  '人事处/3': { name: '孙立', staffNo: 'E0004', appointed: '2018.03', born: '1983.08', roles: ['档案管理员'] },
  '信息化办公室/1': { name: '郭一鸣', staffNo: 'E0005', appointed: '2021.12', born: '1984.07', roles: ['运维'] },
  '财务处/1': { name: '王芳' },
  '中文学院/1': { name: '李䶮' },
  '数学学院/2': { name: '张㛃' },
  '科研处/1': { name: '刘𬀩' },
  '外国语学院/0': { name: '欧阳明月' },
  '团委/0': { name: '林夏', appointed: '2025.07', born: '1990.02', young: true },
  '体育与艺术学院/3': { name: '阿依古丽·买买提' },
  '图书馆/1': { name: '何永年', appointed: '2012.04', born: '1966.04', state: '退休' },
  '国际合作与交流处/1': { name: '潘若谷', state: '离任' },
};

const surnames = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺顾毛郝龚邵',
);
const given =
  '建国 志强 晓东 立新 海燕 丽华 秀英 文博 思远 国庆 春梅 雪松 永红 卫东 晓红 静怡 宏伟 少华 玉兰 振宇 明哲 子涵 佳宁 嘉琪 俊杰 浩然 雅琴 慧敏 振华 卫平 新民 桂芳 淑贞 德胜 长河 云飞 晨曦 若琳 景行 怀瑾 知远 一凡 婷 磊 洋 勇 杰 涛 超 霞 刚 平 辉 鹏 颖 琳 倩 锐 博 岩 宁 楠 莹 斌 毅 欣'.split(
    ' ',
  );

/** The whole college, in the order of its roster. */
export function makePeople(): Person[] {
  const random = createRandom(20_261_120);
  const taken = new Set(Object.values(known).map(({ name }) => name));
  const inventName = (): string => {
    const name = random.pick(surnames) + random.pick(given);
    if (taken.has(name)) return inventName();
    taken.add(name);
    return name;
  };
  let number = 10;
  return units.flatMap((unit) =>
    unit.positions.map((position, place) => {
      const grade = gradeOf(unit, position, place);
      const young = grade !== '中层正职' && random.happens(0.2);
      const bornIn = young ? random.between(1985, 1991) : random.between(1968, grade === '其他' ? 1988 : 1982);
      const earliest = Math.max(2013, bornIn + (grade === '中层正职' ? 38 : 32));
      const recent = earliest > 2022 || random.happens(0.14);
      const appointedIn = recent ? random.between(Math.max(2023, earliest), 2026) : random.between(earliest, 2022);
      const invented: Person = {
        name: '',
        staffNo: `E${String(number++).padStart(4, '0')}`,
        unit: unit.name,
        position,
        grade,
        appointed: yearAndMonth(appointedIn, random.between(1, 9)),
        born: yearAndMonth(bornIn, random.between(1, 12)),
        young,
        state: '在职',
        roles: place === 0 ? ['单位负责人'] : [],
      };
      const fixed = known[`${unit.name}/${place}`];
      return { ...invented, name: fixed?.name ?? inventName(), ...fixed };
    }),
  );
}

function gradeOf(unit: Unit, position: string, place: number): Person['grade'] {
  if (place === 0 || position === '院长') return '中层正职';
  return position.startsWith('副') || position === '党总支副书记' || (unit.name === '团委' && place === 1)
    ? '中层副职'
    : '其他';
}

const yearAndMonth = (year: number, month: number): string => `${year}.${String(month).padStart(2, '0')}`;
