import { builder } from '../builder.ts';
import { MEDIA_TYPE, readEnum } from '../model/enums.ts';
import type { MessageMedia } from '../model/media.ts';
import { fromEpochMs } from '../model/time.ts';
import { MessageMediaTypeRef } from './enums.ts';

export const MessageMediaRef = builder.objectRef<MessageMedia>('MessageMedia').implement({
  description: 'A file in a message. Texter stores it; the answer tells where it is, never its bytes.',
  fields: (t) => ({
    mediaType: t.field({
      type: MessageMediaTypeRef,
      description:
        'How to show it. Null for a kind that this schema does not know yet; then go by `contentType`.',
      resolve: (item, _args, { onUnknownEnumValue }) =>
        readEnum(MEDIA_TYPE, item.mediaType, onUnknownEnumValue),
    }),
    fileId: t.exposeID('fileId', {
      description: "Key of the stored file in Texter's files API, which makes download links. Not a URL.",
    }),
    previewFileId: t.id({
      description:
        'Like `fileId`, of a smaller picture to show before the file is opened. Null when there is none.',
      resolve: (item) => item.previewId,
    }),
    filename: t.exposeString('filename', {
      description:
        'What the sender called the file, extension included; null where the channel passed no name on.',
    }),
    contentType: t.exposeString('contentType', { description: 'MIME type, such as `image/jpeg`.' }),
    caption: t.exposeString('caption', { description: 'Text that the sender put under this file.' }),
    url: t.exposeString('url', {
      description:
        'Address that the file was sent from, where Texter kept it. No promise of a download: use `fileId`.',
    }),
    scanned: t.exposeBoolean('scanned', {
      description:
        "Texter's mark that the file was checked. It does not document for what; presumably for malware.",
    }),
    deletedAt: t.field({
      type: 'DateTime',
      description: 'When the stored file was removed from Texter. Null unless it was.',
      resolve: (item) => fromEpochMs(item.deleted?.timestamp),
    }),
    metadata: t.expose('metadata', {
      type: 'JSON',
      description: "The channel's remarks on the file, such as `frequentlyForwarded`.",
    }),
  }),
});
