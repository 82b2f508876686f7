// What zod finds wrong by itself, said so that whoever wrote the value knows what to do. Schemas that say their own reason
// (domain/reason.ts) are not overruled.
import type * as z from 'zod';
import { reason } from './domain/reason.ts';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const kinds: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  string: ['文字', 'a text'],
  number: ['数字', 'a number'],
  int: ['整数', 'a whole number'],
  boolean: ['true 或 false', 'true or false'],
  array: ['列表', 'a list'],
  tuple: ['列表', 'a list'],
  object: ['一组“名称: 值”', 'a map of names and values'],
  record: ['一组“名称: 值”', 'a map of names and values'],
};

/** Null for what zod says well enough by itself. */
export const issueReason = (issue: RawIssue): string | null => {
  switch (issue.code) {
    case 'invalid_type': {
      const [zh, en] = kinds[issue.expected] ?? [issue.expected, issue.expected];
      if (issue.input === undefined) return reason(`没有填写，请补上${zh}`, `is missing: give it ${en}`);
      return reason(`须是${zh}`, `must be ${en}`);
    }
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ');
      return reason(`须是其中之一：${values}`, `must be one of: ${values}`);
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.join(', ');
      return reason(
        `不认识 ${keys}，请删去或改正拼写`,
        `unknown key${issue.keys.length > 1 ? 's' : ''} ${keys}: take it out, or mend its spelling`,
      );
    }
    case 'too_small':
    case 'too_big': {
      const least = issue.code === 'too_small';
      const limit = String(least ? issue.minimum : issue.maximum);
      const counted = issue.origin === 'array' || issue.origin === 'string';
      return counted
        ? reason(
            `${least ? '至少要' : '最多可以'}有 ${limit} ${issue.origin === 'array' ? '项' : '个字'}`,
            `must have at ${least ? 'least' : 'most'} ${limit} ${issue.origin === 'array' ? 'entries' : 'characters'}`,
          )
        : reason(`${least ? '不能小于' : '不能大于'} ${limit}`, `must be at ${least ? 'least' : 'most'} ${limit}`);
    }
    case 'invalid_union': {
      const options = 'options' in issue ? (issue.options as readonly unknown[]).map(String).join(', ') : '';
      if (options !== '') {
        return reason(`须是其中之一：${options}`, `must be one of: ${options}`);
      }
      return reason('写法不对，请对照附带的示例', 'is none of the forms that are allowed here: compare a shipped pack');
    }
    case 'invalid_key':
      return issue.issues[0]?.message ?? null;
    default:
      return null;
  }
};
