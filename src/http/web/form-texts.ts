// Every word of the one-time form that is not the card's own, in both languages.
import type { Language } from '../../domain/problem.ts';
import type { PhotoFault } from '../../ports-photos.ts';

type Sentence = readonly [title: string, line: string];

interface FormTexts {
  readonly choose: string;
  readonly photos: string;
  readonly photosHint: string;
  readonly once: string;
  readonly done: string;
  readonly used: (at: string) => Sentence;
  readonly expired: Sentence;
  readonly foreign: Sentence;
  readonly faults: Readonly<Record<PhotoFault, string>>;
  readonly tooManyPhotos: string;
  readonly pressOne: string;
  /** Said by the page's script. */
  readonly draftKept: string;
  readonly offline: string;
  readonly sending: string;
  readonly photoUnread: string;
  readonly photosMost: string;
  readonly photoRemove: string;
  readonly refused: string;
}

export const formTexts: Readonly<Record<Language, FormTexts>> = {
  'zh-CN': {
    choose: '请选择',
    photos: '照片（可不传，最多 6 张）',
    photosHint: '请拍现场，不需要拍到人脸和车牌',
    once: '只能提交一次，以上面写明的人的名义记录。',
    done: '已收到，可以关闭本页。',
    used: (at) => [
      '这份表单已经提交过',
      `${at === '' ? '' : `${at} 已收到。`}不用再填。要更正请与发给您链接的人联系。`,
    ],
    expired: ['这个链接已经过期', '没有写入任何内容。请向发给您链接的人要一个新的，或在与督导的对话里发 /表单。'],
    foreign: ['这个链接无效', '链接可能没有复制完整，或不是发给您的。请向发给您链接的人要一个新的。'],
    faults: {
      photo_too_large: '有一张照片超过 20 MB，没有提交。请重拍或少选几张',
      photo_too_many_pixels: '有一张图片的尺寸太大，没有提交。请用手机相机的普通画质重拍',
      photo_format: '有一个文件不是照片，没有提交。请选 JPG 或 PNG 照片',
      photo_heic: '有一张照片是 HEIC 格式，没有提交。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍',
      photo_broken: '有一张照片没有传完整，没有提交。请重新选择',
    },
    tooManyPhotos: '最多传 6 张照片，没有提交。请少选几张',
    pressOne: '还没有提交。请按下面的按钮',
    draftKept: '填的内容会存在这部手机上',
    offline: '网络不通，还没有提交。填的内容已存在这部手机上，网络恢复后会自动再提交，也可以再按一次按钮',
    sending: '正在提交…',
    photoUnread: '这个文件打不开，不是照片',
    photosMost: '最多 6 张照片，其余的没有加入',
    photoRemove: '移除照片',
    refused: '没有提交成功，填的内容还在。请刷新本页再试；仍不行，请与发给您链接的人联系',
  },
  en: {
    choose: 'Please choose',
    photos: 'Photos (optional, up to 6)',
    photosHint: 'Show the place; no faces or number plates are needed',
    once: 'Can be sent once, and is recorded in the name of the person above.',
    done: 'Received. You can close this page.',
    used: (at) => [
      'This form was sent before',
      `${at === '' ? '' : `Received ${at}. `}Nothing more is needed. To correct it, ask whoever gave you the link.`,
    ],
    expired: [
      'This link has expired',
      'Nothing was written. Ask whoever gave you the link for a new one, or send /form to the bot.',
    ],
    foreign: [
      'This link is not valid',
      'It may not be complete, or is not for you. Ask whoever gave it to you for a new one.',
    ],
    faults: {
      photo_too_large: 'A photo is larger than 20 MB; nothing was sent. Take it again or choose fewer',
      photo_too_many_pixels: 'A picture has too many pixels; nothing was sent. Take it again in normal quality',
      photo_format: 'One file is no photo; nothing was sent. Choose JPG or PNG photos',
      photo_heic: 'A photo is in HEIC format; nothing was sent. Choose “Most Compatible” in the camera’s settings',
      photo_broken: 'A photo is not complete; nothing was sent. Choose it again',
    },
    tooManyPhotos: 'Up to 6 photos can be sent; nothing was sent. Choose fewer',
    pressOne: 'Not sent yet. Press one of the buttons below',
    draftKept: 'What you fill in is kept on this phone',
    offline:
      'No network, not sent yet. What you filled in is kept on this phone and will be sent when the network is back; you can also press again',
    sending: 'Sending…',
    photoUnread: 'This file cannot be opened, it is no photo',
    photosMost: 'Up to 6 photos; the others were not added',
    photoRemove: 'Remove photo',
    refused:
      'Not sent; what you filled in is still here. Reload the page and try again, or ask whoever gave you the link',
  },
};
