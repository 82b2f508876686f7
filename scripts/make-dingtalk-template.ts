// For developers: `node scripts/make-dingtalk-template.ts` writes cards/dingtalk/dudao-card.json, the card template that an
// operator imports into DingTalk's card platform. The file is what the platform's editor exports: a tree of components, the
// variables they are bound to, and the layout that the editor makes of both (and makes anew when it saves).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../cards/dingtalk');

const always = { op: 'and', conditions: [] };
const visible = { type: 'dynamicVisible', value: true, valueType: 'fixed', condition: always };
const fixedText = (content: string) => ({ type: 'dynamicString', content, i18n: false });
const shows = (variable: string) => fixedText(`\${${variable}}`);
const bound = (variable: string) => ({ type: 'variableValue', variable, variableType: 'global' });
const noLink = { type: 'dynamicLink', value: '', valueType: 'fixed', variable: '', variableType: 'global' };

const node = (componentName: string, id: string, title: string, props: object, children?: object[]) => ({
  componentName,
  id,
  props,
  title,
  hidden: false,
  isLocked: false,
  condition: true,
  conditionGroup: '',
  ...(children ? { children } : {}),
});

const markdown = (id: string, title: string, variable: string) =>
  node('Markdown', id, title, {
    mdVer: 0,
    hoverText: fixedText(''),
    marginLeft: 12,
    marginRight: 12,
    // An empty tip takes no room.
    marginTop: variable === 'tip' ? 0 : 6,
    marginBottom: variable === 'tip' ? 0 : 6,
    visible,
    content: { type: 'dynamicMarkdown', valueType: 'variable', value: '', variable, variableType: 'global' },
    margin: -2,
    innerOffset: 0,
  });

const tree = {
  ...node('Card', 'node_dudao_card', '', {
    url: noLink,
    linkCondition: { type: 'dynamicVisible', value: true, valueType: 'fixed', condition: always },
    actionType: 'url',
    urlType: 'all',
    androidUrl: noLink,
    iosUrl: noLink,
    pcUrl: noLink,
    autoFoldConfig: { needFold: false, heightLimit: 480, foldStatusLocalDataKey: '_cardFoldStatusLocalDataKey' },
    summaryContent: bound('lastMessage'),
    disabledWhileForward: true,
    enableOnAppear: false,
    isLinkToCard: false,
  }),
  fileName: 'test',
  dataSource: { list: [] },
  state: {},
  lifeCycles: {},
  methods: {},
  children: [
    node('CardHeaderV2', 'node_dudao_title', '卡片头部', {
      title: shows('title'),
      icon: { url: '', type: 'image' },
    }),
    markdown('node_dudao_desc', '正文', 'desc'),
    markdown('node_dudao_tip', '提示（只有提交的人看到）', 'tip'),
    node('Form', 'node_dudao_form', '表单', {
      id: 'form',
      formSchema: bound('form'),
      submitText: shows('form_btn_text'),
      status: {
        type: 'dynamicSelect',
        valueType: 'variable',
        value: 'normal',
        variable: 'form_status',
        variableType: 'global',
      },
      actionType: 'request',
      // The form that was shown comes back with what was filled in.
      params: [
        { type: 'variable', variable: 'form', value: '', name: 'current_form', id: '1', variableType: 'global' },
      ],
      visible,
    }),
  ],
};

const variable = (name: string, type: string, description: string, isPrivate = true, more: object = {}) => ({
  name,
  private: isPrivate,
  type,
  id: name,
  description,
  editorVarType: 'variables',
  ...more,
});

const part = (id: string, name: string, type: string, schema?: object[]) => ({
  id,
  type,
  name,
  private: true,
  editorVarType: 'variables',
  disabled: true,
  ...(schema ? { schema } : {}),
});

const fieldParts = [
  'name',
  'label',
  'type',
  'hidden',
  'required',
  'requiredMsg',
  'readOnly',
  'placeholder',
  'defaultValue',
];
const flags = new Set(['hidden', 'required', 'readOnly']);
const formSchema = [
  part('form.fields', 'fields', 'loopArray', [
    ...fieldParts.map((name) => part(`form.fields[0].${name}`, name, flags.has(name) ? 'boolean' : 'string')),
    part('form.fields[0].options', 'options', 'loopArray', [
      part('form.fields[0].options[0].value', 'value', 'string'),
      part('form.fields[0].options[0].text', 'text', 'string'),
    ]),
  ]),
];

const variableList = [
  variable('title', 'string', '标题'),
  variable('desc', 'markdown', '正文'),
  variable('tip', 'markdown', '提交后的提示'),
  variable('form', 'form', '表单配置', true, { disabled: false, schema: formSchema }),
  variable('form_status', 'string', 'normal、disabled'),
  variable('form_btn_text', 'string', '按钮文案'),
  variable('lastMessage', 'string', '会话列表里的摘要', false),
];

const sample = {
  title: '请检查：阳光花园',
  desc: '请在 4月26日（周二）24:00 前完成。  \n  东区街道 · 某物业公司 · 检查人 张工',
  tip: '',
  form: {
    fields: [
      {
        name: 'not_done',
        label: '未落实的项',
        type: 'MULTI_CHECKBOX_GROUP',
        options: [
          { value: 'wall_notice', text: '1 通告上墙' },
          { value: 'isolation_point', text: '4 隔离观察点' },
        ],
      },
      { name: 'note', label: '其他情况', type: 'TEXT_AREA' },
      {
        name: 'dudao_action',
        label: '请选择操作',
        type: 'CHECKBOX_GROUP',
        required: true,
        options: [
          { value: 'all_ok', text: '全部落实' },
          { value: 'submit', text: '有未落实（已勾选）' },
        ],
      },
    ],
  },
  form_status: 'normal',
  form_btn_text: '提交',
  lastMessage: '请检查：阳光花园',
};

const component = (componentName: string) => ({
  package: '@ali/dxComponent',
  version: '1.0.0',
  exportName: componentName,
  main: './src/index.tsx',
  destructuring: false,
  subName: '',
  componentName,
});

const editorData = {
  schemaVersion: '3.0.0',
  schema: {
    version: '1.0.0',
    componentsMap: ['CardHeaderV2', 'Markdown', 'Form', 'Card'].map(component),
    componentsTree: [tree],
    i18n: {},
  },
  mockData: { cardData: sample, cardPrivateData: {}, localData: {}, richTextData: {} },
  editVersion: 0,
  customWidgetInfo: '',
  useCustomWidgetInfo: false,
  variableList,
  formList: [],
  expList: [],
  localList: [],
  hsfList: [],
  lwpList: [],
  extension: {
    extendType: 'NORMAL',
    fileTypeList: [{ fileName: 'event_chain', fileSource: '{}', fileType: 'json' }],
  },
};

// ---- the layout, as the editor writes it ----------------------------------------------------------------------------

/** Somebody's own value where there is one, else everybody's. */
const value = (name: string): string =>
  `@triple{@greater{@toLong{@len{@toStr{@data{data.cardPrivateData.${name}}}}},0},@data{data.cardPrivateData.${name}},@data{data.cardData.${name}}}`;
const colours = (light: string, dark: string): string =>
  `@dtDarkModeAdapter{&#039;${light}&#039;, &#039;${dark}&#039;}`;

const element = (name: string, attributes: Readonly<Record<string, string>>, ...inside: readonly string[]): string => {
  const lines = Object.entries(attributes).map(([key, text]) => `  ${key}="${text}"`);
  return [`<${name}`, ...lines].join('\n') + ['>', ...inside, `</${name}>`, ''].join('\n');
};
const block = (id: string, ...inside: readonly string[]): string =>
  element(
    'LinearLayout',
    {
      width: 'match_parent',
      height: 'match_content',
      orientation: 'horizontal',
      marginTop: '6np',
      marginBottom: '6np',
      marginLeft: '12np',
      marginRight: '12np',
      userId: id,
    },
    ...inside,
  );
const line = (text: string, more: Readonly<Record<string, string>> = {}): string =>
  element('FastTextView', {
    width: 'match_parent',
    height: 'match_content',
    text,
    textSize: '15np',
    textColor: colours('#171A1D', '#EEF2F8'),
    ...more,
  });
const rich = (name: string): string =>
  element('DDRichTextView', { width: 'match_parent', height: 'match_content', attributedText: value(name) });

const widgetInfo = element(
  'LinearLayout',
  {
    width: '@data{width}',
    height: 'match_content',
    userId: 'node_dudao_card',
    orientation: 'vertical',
    cornerRadius: '6np',
    backgroundColor: colours('#FFFFFF', '#1E1E1E'),
  },
  block('node_dudao_title', line(`@toStr{${value('title')}}`, { maxLines: '2', lineBreakMode: 'end' })),
  block('node_dudao_desc', rich('desc')),
  block('node_dudao_tip', rich('tip')),
  block('node_dudao_form', line('当前版本不支持表单组件，请升级钉钉，或直接回复文字')),
);

mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'dudao-card.json'),
  `${JSON.stringify({ editorData: JSON.stringify(editorData), widgetInfo, type: 'im', mode: 'card' })}\n`,
);
