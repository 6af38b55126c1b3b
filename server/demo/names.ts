import type { Random } from './random.js';

// Common surnames of northern Shanxi with their rough weights, then syllables of given names by the usage of each generation.
const surnames = {
  王: 95, 张: 92, 李: 80, 刘: 62, 赵: 44, 郭: 40, 杨: 34, 高: 28, 陈: 24, 郝: 20, 武: 18, 贾: 18, 韩: 17, 白: 15, 任: 15, 曹: 13, 吕: 12, 樊: 11, 段: 11,
  孟: 10, 侯: 10, 卫: 7, 苏: 9, 冯: 10, 安: 6, 丁: 6, 石: 7, 周: 11, 徐: 10, 邢: 6, 温: 5, 薛: 8, 闫: 9, 梁: 8, 乔: 5, 康: 5, 尹: 4, 续: 2, 智: 2, 班: 2, 欧阳: 1, 司马: 1,
} as const;

const givenNames = {
  male: {
    older: ['建平', '建国', '建军', '志强', '国平', '永强', '俊生', '文斌', '海军', '志平', '卫华', '晓东', '玉明', '振华', '福生', '保国', '爱民', '树林', '秀山', '根生'],
    younger: ['磊', '鹏', '宇航', '浩然', '俊峰', '凯', '文涛', '志刚', '晓峰', '伟', '超', '建华', '佳豪', '子轩', '泽宇', '一鸣', '明辉', '旭东', '晨', '博文', '㭎', '𬭎'],
  },
  female: {
    older: ['秀兰', '秀英', '玉芳', '桂花', '丽萍', '春梅', '海燕', '彩虹', '慧敏', '爱花', '美丽', '秀梅', '素珍', '改英', '润花', '俊梅', '翠萍', '永红', '巧玲', '淑芳'],
    younger: ['娜', '晓燕', '雅静', '丽君', '婷', '慧', '晓萍', '佳', '静怡', '思雨', '欣', '璐', '雪', '艳', '丹', '梦瑶', '晓丽', '敏', '文静', '悦', '嘉琪', '昕'],
  },
} as const;

/** A made-up name that fits sex and year of birth. */
export function nameFor(random: Random, sex: 'MALE' | 'FEMALE', birthYear: number): string {
  const names = givenNames[sex === 'MALE' ? 'male' : 'female'];
  const given = random.pick(birthYear < 1982 ? names.older : names.younger);
  return `${random.weighted(surnames)}${given}`;
}
