// Pictures in an S3-compatible store (MinIO, OSS, COS, R2 …), addressed by path: https://docs.aws.amazon.com/AmazonS3/latest/API/
import { S3mini } from 's3mini';
import type { PhotoFiles } from '../ports-photos.ts';

export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const TIMEOUT_MS = 20_000;
const JPEG = 'image/jpeg';

export const s3Files = ({ endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Settings): PhotoFiles => {
  const store = new S3mini({
    endpoint: `${endpoint}/${bucket}`,
    region,
    accessKeyId,
    secretAccessKey,
    requestAbortTimeout: TIMEOUT_MS,
  });
  const keyOf = (hash: string): string => `photos/${hash.slice(0, 2)}/${hash}.jpg`;
  return {
    async put(hash, bytes) {
      await store.putObject(keyOf(hash), Buffer.from(bytes), JPEG);
    },
    async get(hash) {
      const bytes = await store.getObjectArrayBuffer(keyOf(hash));
      return bytes && new Uint8Array(bytes);
    },
    async remove(hash) {
      await store.deleteObject(keyOf(hash));
    },
  };
};
