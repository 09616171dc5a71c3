// What the page has beside its modules: Leaflet, as a script of its own.
declare const L: any;

/** Protocol buffers, from the package of that name as this service serves it. */
declare module "*/assets/pbf/index.js" {
  export class PbfReader {
    constructor(buffer?: Uint8Array | ArrayBuffer);
    readFields<T>(readField: (tag: number, found: T, pbf: PbfReader) => void, found: T, end?: number): T;
    [member: string]: any;
  }
}
