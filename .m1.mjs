// .m.mts
import { mkdtemp, rm } from "node:fs/promises";

// src/store/lowdb/open.ts
import { join as join4 } from "node:path";

// src/texts/store.ts
var storeTexts = {
  notWritable: (directory) => `\u6570\u636E\u76EE\u5F55\u201C${directory}\u201D\u4E0D\u80FD\u5199\u5165\u3002\u8BF7\u68C0\u67E5\u5B83\u662F\u4E0D\u662F\u6587\u4EF6\u5939\u3001\u8FD0\u884C\u8D26\u53F7\u6709\u6CA1\u6709\u5199\u6743\u9650\uFF0C\u6216\u8005\u7528 DATA_DIR \u6307\u5B9A\u53E6\u4E00\u4E2A\u6587\u4EF6\u5939\u3002`,
  diskFull: (directory) => `\u6570\u636E\u76EE\u5F55\u201C${directory}\u201D\u6240\u5728\u7684\u78C1\u76D8\u5DF2\u6EE1\u3002\u8BF7\u817E\u51FA\u7A7A\u95F4\u540E\u91CD\u65B0\u542F\u52A8\u3002`,
  diskError: (directory, reason) => `\u8BFB\u5199\u6570\u636E\u76EE\u5F55\u201C${directory}\u201D\u51FA\u9519\uFF08${reason}\uFF09\u3002\u8BF7\u68C0\u67E5\u78C1\u76D8\u540E\u91CD\u65B0\u542F\u52A8\u3002`,
  inUse: (directory, pid) => `\u6570\u636E\u76EE\u5F55\u201C${directory}\u201D\u6B63\u7531\u53E6\u4E00\u4E2A\u8FDB\u7A0B\u4F7F\u7528\uFF08\u8FDB\u7A0B\u53F7 ${pid}\uFF09\u3002\u8BF7\u5148\u505C\u6B62\u90A3\u4E2A\u8FDB\u7A0B\uFF0C\u518D\u6267\u884C\u672C\u547D\u4EE4\u3002`,
  damaged: (file, line, what) => `\u6570\u636E\u6587\u4EF6\u201C${file}\u201D\u7B2C ${line} \u884C\u6709\u95EE\u9898\uFF1A${what}\u3002\u4E3A\u514D\u9519\u4E0A\u52A0\u9519\uFF0C\u6CA1\u6709\u542F\u52A8\uFF1B\u8BF7\u4FDD\u7559\u73B0\u573A\uFF0C\u7528 restore \u4ECE\u5907\u4EFD\u6062\u590D\u3002`,
  brokenLine: "\u5185\u5BB9\u4E0E\u6821\u9A8C\u7801\u4E0D\u7B26",
  missingLine: "\u884C\u53F7\u4E0D\u8FDE\u7EED\uFF0C\u4E2D\u95F4\u7F3A\u4E86\u5185\u5BB9",
  brokenChain: "\u4E0E\u524D\u4E00\u6761\u8BB0\u5F55\u63A5\u4E0D\u4E0A",
  unfinished: "\u6587\u4EF6\u4E0D\u5B8C\u6574\uFF0C\u7ED3\u5C3E\u7F3A\u5931",
  unknownSchema: (found) => `\u683C\u5F0F\u7248\u672C\u201C${String(found)}\u201D\u4E0D\u662F\u672C\u7A0B\u5E8F\u8BA4\u8BC6\u7684\u7248\u672C\uFF0C\u8BF7\u4F7F\u7528\u5199\u5165\u5B83\u7684\u7A0B\u5E8F\u7248\u672C`,
  unknownCollection: (name) => `\u5185\u5BB9\u201C${name}\u201D\u4E0D\u662F\u672C\u7A0B\u5E8F\u8BA4\u8BC6\u7684\uFF0C\u8BF7\u4F7F\u7528\u5199\u5165\u5B83\u7684\u7A0B\u5E8F\u7248\u672C`,
  missingSegment: (file) => `\u6D41\u6C34\u6587\u4EF6\u201C${file}\u201D\u4E0D\u89C1\u4E86\u3002\u4E3A\u514D\u8D26\u76EE\u6B8B\u7F3A\uFF0C\u6CA1\u6709\u542F\u52A8\uFF1B\u8BF7\u627E\u56DE\u8BE5\u6587\u4EF6\uFF0C\u6216\u7528 restore \u4ECE\u5907\u4EFD\u6062\u590D\u3002`,
  unfinishedRestore: (directory) => `\u6570\u636E\u76EE\u5F55\u201C${directory}\u201D\u7684\u6062\u590D\u505A\u5230\u4E00\u534A\u3002\u8BF7\u542F\u52A8\u4E00\u6B21\u7A0B\u5E8F\u8BA9\u5B83\u5B8C\u6210\uFF0C\u6216\u91CD\u65B0\u6267\u884C restore\u3002`,
  tornLine: "\u6D41\u6C34\u672B\u5C3E\u6709\u4E00\u884C\u6CA1\u6709\u5199\u5B8C\uFF08\u53EF\u80FD\u65AD\u8FC7\u7535\uFF09\uFF0C\u8BE5\u884C\u4ECE\u672A\u786E\u8BA4\uFF0C\u5DF2\u7ECF\u53BB\u6389",
  rebuilt: "\u6CA1\u6709\u627E\u5230\u5FEB\u7167\uFF0C\u5DF2\u6839\u636E\u5168\u90E8\u6D41\u6C34\u91CD\u5EFA\u5F53\u524D\u6570\u636E",
  snapshotFailed: "\u5FEB\u7167\u6CA1\u6709\u5199\u6210\uFF0C\u6570\u636E\u4ECD\u5B8C\u6574\u4FDD\u5B58\u5728\u6D41\u6C34\u4E2D",
  restoreDropped: "\u6E05\u7406\u4E86\u4E00\u4EFD\u6CA1\u6709\u505A\u5B8C\u7684\u6062\u590D\uFF0C\u6570\u636E\u4FDD\u6301\u6062\u590D\u4E4B\u524D\u7684\u6837\u5B50",
  recovered: "\u78C1\u76D8\u5DF2\u6062\u590D\uFF0C\u6570\u636E\u5DF2\u91CD\u65B0\u8F7D\u5165",
  notSaved: (reason) => `\u6570\u636E\u6CA1\u6709\u5199\u5165\u78C1\u76D8\uFF08${reason}\uFF09\uFF0C\u8FD9\u6B21\u64CD\u4F5C\u6CA1\u6709\u751F\u6548\uFF0C\u8BF7\u7A0D\u540E\u518D\u8BD5\u3002`,
  closed: "\u6570\u636E\u5E93\u5DF2\u5173\u95ED\uFF0C\u8BF7\u91CD\u65B0\u542F\u52A8\u7A0B\u5E8F\u3002",
  readOnly: "\u6570\u636E\u662F\u4EE5\u53EA\u8BFB\u65B9\u5F0F\u6253\u5F00\u7684\uFF0C\u4E0D\u80FD\u4FEE\u6539\u3002",
  appendOnly: (collection, key) => `\u201C${collection}\u201D\u53EA\u80FD\u65B0\u589E\uFF0C\u5DF2\u6709\u7684\u201C${key}\u201D\u4E0D\u80FD\u4FEE\u6539\u6216\u5220\u9664\u3002`,
  damagedBlob: (hash4) => `\u9644\u4EF6\u201C${hash4}\u201D\u7684\u5185\u5BB9\u4E0E\u5176\u6821\u9A8C\u7801\u4E0D\u7B26\uFF0C\u8BF7\u4ECE\u5907\u4EFD\u4E2D\u627E\u56DE\u8BE5\u6587\u4EF6\u3002`,
  backupNotEmpty: (directory) => `\u5907\u4EFD\u76EE\u5F55\u201C${directory}\u201D\u4E0D\u662F\u7A7A\u7684\uFF0C\u8BF7\u6362\u4E00\u4E2A\u65B0\u7684\u6587\u4EF6\u5939\u3002`,
  noBackup: (directory) => `\u201C${directory}\u201D\u4E0D\u662F\u5B8C\u6574\u7684\u5907\u4EFD\uFF08\u7F3A\u5C11 manifest.json\uFF09\u3002\u8BF7\u68C0\u67E5\u6587\u4EF6\u5939\u540D\uFF0C\u6216\u6362\u4E00\u4EFD\u5907\u4EFD\u3002`,
  badBackup: (file) => `\u5907\u4EFD\u4E2D\u7684\u6587\u4EF6\u201C${file}\u201D\u7F3A\u5931\u6216\u4E0E\u6E05\u5355\u4E0D\u7B26\uFF0C\u6CA1\u6709\u6062\u590D\u3002\u8BF7\u6362\u4E00\u4EFD\u5907\u4EFD\u3002`,
  problem: ({ place, expected, found }) => `${place}\uFF1A\u5E94\u4E3A ${expected}\uFF0C\u5B9E\u4E3A ${found}`,
  verified: ({ records, rows, entries }) => `\u5DF2\u6838\u5BF9\u5BA1\u8BA1\u8BB0\u5F55 ${records} \u6761\u3001\u5F53\u524D\u6570\u636E ${rows} \u884C\u3001\u5B66\u65F6\u8BB0\u5F55 ${entries} \u6761\u3002`,
  notVerified: (problems) => `\u53D1\u73B0 ${problems} \u5904\u4E0D\u4E00\u81F4\uFF08\u89C1\u4E0A\uFF09\u3002\u8BF7\u4FDD\u7559\u73B0\u573A\uFF0C\u4E0D\u8981\u7EE7\u7EED\u767B\u8BB0\uFF0C\u5E76\u7528 restore \u4ECE\u6700\u8FD1\u4E00\u4EFD\u6838\u5BF9\u65E0\u8BEF\u7684\u5907\u4EFD\u6062\u590D\u3002`
};

// src/store/store.ts
import { hash } from "node:crypto";
var emptyHead = { n: 0, hash: "0".repeat(64) };
var hashRecord = ({ n: n2, cause: cause2, changes, prev }) => hash("sha256", JSON.stringify([n2, cause2, changes, prev]));
var joins = (head, record) => record.n === head.n + 1 && record.prev === head.hash && record.hash === hashRecord(record);
var StoreError = class extends Error {
  fault;
  constructor(fault, message, options) {
    super(message, options);
    this.name = "StoreError";
    this.fault = fault;
  }
};

// src/store/lowdb/disk.ts
import * as fs from "node:fs/promises";
var realDisk = fs;
async function writeAll(file, bytes, position) {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw Object.assign(new Error("write of nothing"), { code: "EIO" });
    done += bytesWritten;
  }
}
async function syncFolder(disk, folder) {
  const handle = await disk.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
async function replaceFile(disk, names, write) {
  try {
    const file = await disk.open(names.temporary, "w", 384);
    try {
      const size = await write(file);
      if ((await file.stat()).size !== size) throw Object.assign(new Error("size differs"), { code: "EIO" });
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(names.temporary, names.path);
  } catch (error) {
    await disk.rm(names.temporary, { force: true }).catch(() => void 0);
    throw error;
  }
  await syncFolder(disk, names.folder);
}
var codeOf = (error) => error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
async function unlessMissing(read) {
  try {
    return await read;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}
var notWritable = /* @__PURE__ */ new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "EISDIR", "ENAMETOOLONG"]);
var full = /* @__PURE__ */ new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
function toStoreError(error, directory) {
  const code = codeOf(error);
  if (code === "") return error;
  if (notWritable.has(code)) {
    return new StoreError("not-writable", storeTexts.notWritable(directory), { cause: error });
  }
  const message = full.has(code) ? storeTexts.diskFull(directory) : storeTexts.diskError(directory, code);
  return new StoreError("io", message, { cause: error });
}

// src/store/lowdb/layout.ts
import { join } from "node:path";
var layoutOf = (directory) => ({
  directory,
  lock: join(directory, "lock"),
  ledger: join(directory, "ledger"),
  restored: join(directory, "restored")
});
var snapshotPath = (ledger) => join(ledger, "snapshot.jsonl");
var journalFolder = (ledger) => join(ledger, "journal");
var blobFolder = (ledger) => join(ledger, "blobs");
var segmentName = (segment) => `${String(segment).padStart(6, "0")}.jsonl`;
var segmentPath = (ledger, segment) => join(journalFolder(ledger), segmentName(segment));
var schemaVersion = 1;

// src/store/lowdb/lines.ts
import { crc32 } from "node:zlib";
var tail = ',"sum":"00000000"}';
var chunkSize = 1 << 20;
var sumOf = (bytes) => crc32(bytes).toString(16).padStart(8, "0");
function sealLine(body) {
  const line = Buffer.from(`${body}${tail}
`);
  const length = line.length - tail.length - 1;
  line.write(sumOf(line.subarray(0, length)), line.length - 11, "latin1");
  return line;
}
function openLine(bytes) {
  const length = bytes.length - tail.length;
  if (length <= 0 || bytes.toString("latin1", length) !== `,"sum":"${sumOf(bytes.subarray(0, length))}"}`)
    return void 0;
  return JSON.parse(bytes.toString());
}
function expectLine(file, line) {
  const content = line.complete ? openLine(line.bytes) : void 0;
  if (content === void 0) throw damaged(file, line.number, storeTexts.brokenLine);
  return content;
}
var damaged = (file, line, what) => new StoreError("damaged", storeTexts.damaged(file, line, what));
async function* readLines(disk, path, until = Number.POSITIVE_INFINITY) {
  const file = await disk.open(path, "r");
  try {
    let pieces = [];
    let number = 0;
    let position = 0;
    while (position < until) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkSize, until - position));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) break;
      const read = chunk.subarray(0, bytesRead);
      let start = 0;
      for (let at = read.indexOf(10); at !== -1; at = read.indexOf(10, start)) {
        const last = read.subarray(start, at);
        const bytes = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
        pieces = [];
        start = at + 1;
        number += 1;
        yield { bytes, number, end: position + start, complete: true };
      }
      if (start < bytesRead) pieces.push(read.subarray(start));
      position += bytesRead;
    }
    if (pieces.length > 0) yield { bytes: Buffer.concat(pieces), number: number + 1, end: position, complete: false };
  } finally {
    await file.close();
  }
}

// src/store/lowdb/segments.ts
async function createSegment(disk, ledger, after) {
  const { line, head } = after;
  const segment = after.segment + 1;
  const header = sealLine(JSON.stringify({ schema: schemaVersion, segment, line, head }).slice(0, -1));
  const path = segmentPath(ledger, segment);
  await replaceFile(disk, { folder: journalFolder(ledger), temporary: `${path}.tmp`, path }, async (file) => {
    await writeAll(file, header, 0);
    return header.length;
  });
  return { segment, bytes: header.length, line, head };
}
async function lastSegment(disk, ledger) {
  const names = new Set(await unlessMissing(disk.readdir(journalFolder(ledger))));
  const last = Math.max(
    0,
    ...[...names].filter((name) => /^\d{6,}\.jsonl$/.test(name)).map((name) => Number.parseInt(name, 10))
  );
  for (let segment = 1; segment < last; segment += 1) {
    if (!names.has(segmentName(segment))) throw missingSegment(ledger, segment);
  }
  return last;
}
var missingSegment = (ledger, segment) => new StoreError("damaged", storeTexts.missingSegment(segmentPath(ledger, segment)));
async function* readSegment(disk, ledger, segment, { until, after, onTorn } = {}) {
  const path = segmentPath(ledger, segment);
  let position = null;
  for await (const line of readLines(disk, path, until)) {
    if (position === null) {
      position = { ...readHeader(path, line, segment, after), bytes: line.end };
      yield { entry: null, position };
      continue;
    }
    if (!line.complete && onTorn !== void 0 && !hasLostNewline(line)) {
      onTorn(line.number);
      return;
    }
    const content = expectLine(path, line);
    if (content.line !== position.line + 1) throw damaged(path, line.number, storeTexts.missingLine);
    const record = recordOf(content);
    const head = record === null ? position.head : { n: record.n, hash: record.hash };
    position = { segment, bytes: line.end, line: content.line, head };
    const { operational = [], numbers = {} } = content;
    yield { entry: { line: content.line, record, operational, numbers }, position };
  }
  if (position === null) throw damaged(path, 1, storeTexts.unfinished);
}
var hasLostNewline = ({ bytes }) => openLine(bytes.subarray(0, -1)) !== void 0;
function readHeader(path, line, segment, after) {
  const header = expectLine(path, line);
  if (header.schema !== schemaVersion) throw damaged(path, 1, storeTexts.unknownSchema(header.schema));
  const isContinued = after === void 0 || header.line === after.line && header.head.hash === after.head.hash;
  if (header.segment !== segment || !isContinued) throw damaged(path, 1, storeTexts.brokenChain);
  return { segment, bytes: line.end, line: header.line, head: header.head };
}
function recordOf({ audit, hash: hash4 }) {
  if (audit === void 0 || hash4 === void 0) return null;
  const [n2, cause2, changes, prev] = audit;
  return { n: n2, cause: cause2, changes, prev, hash: hash4 };
}
async function segmentStart(disk, ledger, segment) {
  for await (const { position } of readSegment(disk, ledger, segment)) return position;
  throw damaged(segmentPath(ledger, segment), 1, storeTexts.unfinished);
}
async function* readRecords(disk, ledger, from, to) {
  let first = Math.max(1, to.segment);
  while (first > 1 && (await segmentStart(disk, ledger, first)).head.n >= from) first -= 1;
  for (let segment = first; segment <= to.segment; segment += 1) {
    const options = segment === to.segment ? { until: to.bytes } : {};
    for await (const { entry } of readSegment(disk, ledger, segment, options)) {
      if (entry?.record && entry.record.n >= from) yield entry.record;
    }
  }
}

// src/store/lowdb/snapshot.ts
import { dirname } from "node:path";
import { Low } from "lowdb";
var emptySnapshot = {
  segment: 0,
  line: 0,
  head: emptyHead,
  numbers: {},
  collections: []
};
var openSnapshot = (disk, ledger) => new Low(new SnapshotFile(disk, snapshotPath(ledger)), emptySnapshot);
var sizeOfSnapshot = async (disk, ledger) => (await unlessMissing(disk.stat(snapshotPath(ledger))))?.size ?? 0;
var sliceLength = 1 << 18;
var syncEvery = 1 << 23;
var SnapshotFile = class {
  #disk;
  #path;
  constructor(disk, path) {
    this.#disk = disk;
    this.#path = path;
  }
  /** @returns null when there is no file. @throws StoreError `damaged` */
  async read() {
    const path = this.#path;
    if (await unlessMissing(this.#disk.stat(path)) === null) return null;
    let header = null;
    const collections = /* @__PURE__ */ new Map();
    let rows = 0;
    let last = 1;
    for await (const line of readLines(this.#disk, path)) {
      last = line.number;
      const content = expectLine(path, line);
      if ("schema" in content) {
        if (content.schema !== schemaVersion) throw damaged(path, 1, storeTexts.unknownSchema(content.schema));
        header = content;
      } else if ("end" in content) {
        if (header === null || content.rows !== rows) throw damaged(path, line.number, storeTexts.unfinished);
        const { segment, line: lineNumber, head, numbers } = header;
        const blocks = [...collections].map(([name, list]) => ({ name, blocks: list }));
        return { segment, line: lineNumber, head, numbers, collections: blocks };
      } else {
        rows += content.rows.length;
        const blocks = collections.get(content.collection);
        if (blocks === void 0) collections.set(content.collection, [content.rows]);
        else blocks.push(content.rows);
      }
    }
    throw damaged(path, last, storeTexts.unfinished);
  }
  async write(snapshot) {
    const names = { folder: dirname(this.#path), temporary: `${this.#path}.tmp`, path: this.#path };
    await replaceFile(this.#disk, names, async (file) => {
      let size = 0;
      let synced = 0;
      for (const line of linesOf(snapshot)) {
        await writeAll(file, line, size);
        size += line.length;
        if (size - synced < syncEvery) continue;
        await file.datasync();
        synced = size;
      }
      return size;
    });
  }
};
function* linesOf({ segment, line, head, numbers, collections }) {
  let rows = 0;
  yield sealLine(JSON.stringify({ schema: schemaVersion, segment, line, head, numbers }).slice(0, -1));
  for (const { name, blocks } of collections) {
    const begin = `{"collection":${JSON.stringify(name)},"rows":[`;
    let slice = [];
    let length = 0;
    for (const block of blocks) {
      for (const row of block) {
        const text = JSON.stringify(row);
        slice.push(text);
        length += text.length;
        rows += 1;
        if (length < sliceLength) continue;
        yield sealLine(`${begin}${slice.join(",")}]`);
        slice = [];
        length = 0;
      }
    }
    if (slice.length > 0) yield sealLine(`${begin}${slice.join(",")}]`);
  }
  yield sealLine(`{"end":true,"rows":${rows}`);
}

// src/domain/collection.ts
function defineCollection(declaration) {
  return {
    name: declaration.name,
    schema: declaration.schema,
    key: declaration.key,
    indexes: declaration.indexes ?? {},
    appendOnly: declaration.appendOnly ?? false,
    kept: declaration.kept ?? "ledger"
  };
}
var keyOf = (collection, row) => collection.key.length === 1 ? String(row[collection.key[0]]) : collection.key.map((field) => String(row[field])).join(":");

// src/store/lowdb/order.ts
var fieldOf = (row, field) => row[field] ?? null;
var rankOf = (value) => {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  return typeof value === "number" ? 3 : 4;
};
function compareValues(a, b) {
  if (a === b) return 0;
  if (typeof a === "string" && typeof b === "string" || typeof a === "number" && typeof b === "number") {
    return a < b ? -1 : 1;
  }
  return rankOf(a) - rankOf(b);
}
function compareTuples(a, b) {
  for (const [i, value] of a.entries()) {
    const order = compareValues(value, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

// src/store/lowdb/sorted-rows.ts
var isBefore = (a, b) => a.block < b.block || a.block === b.block && a.at < b.at;
var blockSize = 512;
var SortedRows = class {
  fields;
  #blocks = [];
  constructor(fields) {
    this.fields = fields;
  }
  /** Replaces everything, much faster than adding one by one. */
  fill(rows) {
    const { fields } = this;
    rows.sort((a, b) => {
      for (const field of fields) {
        const order = compareValues(fieldOf(a, field), fieldOf(b, field));
        if (order !== 0) return order;
      }
      return 0;
    });
    this.#blocks = [];
    for (let i = 0; i < rows.length; i += blockSize) this.#blocks.push(rows.slice(i, i + blockSize));
  }
  add(row) {
    const { block, at } = this.seek(this.tupleOf(row), false);
    const target = Math.min(block, this.#blocks.length - 1);
    const rows = this.#blocks[target];
    if (rows === void 0) {
      this.#blocks.push([row]);
      return;
    }
    rows.splice(target === block ? at : rows.length, 0, row);
    if (rows.length > 2 * blockSize) this.#blocks.splice(target + 1, 0, rows.splice(blockSize));
  }
  remove(row) {
    const { block, at } = this.seek(this.tupleOf(row), false);
    const rows = this.#blocks[block];
    rows?.splice(at, 1);
    if (rows?.length === 0) this.#blocks.splice(block, 1);
  }
  /** Puts `after` where `before` stands. */
  replace(before, after) {
    if (this.fields.some((field) => fieldOf(before, field) !== fieldOf(after, field))) {
      this.remove(before);
      this.add(after);
      return;
    }
    const { block, at } = this.seek(this.tupleOf(before), false);
    const rows = this.#blocks[block];
    if (rows !== void 0) rows[at] = after;
  }
  tupleOf(row) {
    return this.fields.map((field) => fieldOf(row, field));
  }
  /** The place before the first row whose leading fields are not before `bound`; with `past`, are beyond it. */
  seek(bound, past) {
    const block = search(this.#blocks.length, (i) => this.#isBeyond(this.#blocks[i]?.at(-1), bound, past));
    const rows = this.#blocks[block];
    if (rows === void 0) return { block, at: 0 };
    return { block, at: search(rows.length, (i) => this.#isBeyond(rows[i], bound, past)) };
  }
  /** How many rows lie between two places. */
  countBetween(from, to) {
    if (!isBefore(from, to)) return 0;
    let count = to.at - from.at;
    for (let block = from.block; block < to.block; block += 1) count += this.#blocks[block]?.length ?? 0;
    return count;
  }
  /** The rows between two places, at most `limit`, backwards from `to` when `descending`. */
  *between(from, to, descending = false, limit = Number.POSITIVE_INFINITY) {
    let left = limit;
    const count = to.block - from.block + 1;
    for (let i = 0; i < count && left > 0; i += 1) {
      const block = descending ? to.block - i : from.block + i;
      const all = this.#blocks[block] ?? [];
      const start = block === from.block ? from.at : 0;
      const end = block === to.block ? to.at : all.length;
      for (let step = 0; step < end - start && left > 0; step += 1, left -= 1) {
        const row = all[descending ? end - 1 - step : start + step];
        if (row !== void 0) yield row;
      }
    }
  }
  /** The blocks as they are now; later changes do not show. */
  view() {
    return this.#blocks.map((rows) => rows.slice());
  }
  #isBeyond(row, bound, past) {
    if (row === void 0) return true;
    for (let i = 0; i < bound.length; i += 1) {
      const order = compareValues(fieldOf(row, this.fields[i]), bound[i]);
      if (order !== 0) return order > 0;
    }
    return !past;
  }
};
function search(length, holds) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = low + high >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// src/store/lowdb/table.ts
var byKey = "";
var Table = class {
  collection;
  #rows = /* @__PURE__ */ new Map();
  #orders;
  constructor(collection) {
    this.collection = collection;
    const { key } = collection;
    const orders = /* @__PURE__ */ new Map([[byKey, new SortedRows(key)]]);
    for (const [name, fields] of Object.entries(collection.indexes)) {
      orders.set(name, new SortedRows([...fields, ...key.filter((field) => !fields.includes(field))]));
    }
    this.#orders = orders;
  }
  keyOf(row) {
    return keyOf(this.collection, row);
  }
  get size() {
    return this.#rows.size;
  }
  get(key) {
    return this.#rows.get(key);
  }
  /** Sets the row under a key, or removes it (undefined). @returns what stood there before */
  set(key, row) {
    const before = this.load(key, row);
    for (const order of this.#orders.values()) {
      if (before === void 0) {
        if (row !== void 0) order.add(row);
      } else if (row === void 0) order.remove(before);
      else order.replace(before, row);
    }
    return before;
  }
  /** `set` without the indexes, for loading much; `index` must follow. */
  load(key, row) {
    const before = this.#rows.get(key);
    if (row === void 0) this.#rows.delete(key);
    else this.#rows.set(key, row);
    return before;
  }
  index() {
    for (const order of this.#orders.values()) order.fill([...this.#rows.values()]);
  }
  find(query) {
    const order = this.#orderOf(query);
    let { from, to } = rangeOf(order, query);
    const descending = query.order === "desc";
    if (query.after !== void 0 && query.after !== null) {
      const last2 = JSON.parse(query.after);
      const place = order.seek(last2, !descending);
      if (descending) to = isBefore(place, to) ? place : to;
      else from = isBefore(from, place) ? place : from;
    }
    const limit = query.limit ?? 100;
    const rows = isBefore(from, to) ? [...order.between(from, to, descending, limit)] : [];
    const last = rows.at(-1);
    const more = last !== void 0 && order.countBetween(from, to) > rows.length;
    return { rows, next: more ? JSON.stringify(order.tupleOf(last)) : null };
  }
  count(query) {
    const order = this.#orderOf(query);
    const { from, to } = rangeOf(order, query);
    return order.countBetween(from, to);
  }
  /** Groups come in the order of their values. */
  totals(query) {
    const order = this.#orderOf(query);
    const { from, to } = rangeOf(order, query);
    if (!isBefore(from, to)) return [];
    const { groupBy, sum } = query;
    const groups = /* @__PURE__ */ new Map();
    for (const row of order.between(from, to)) {
      const group = groupBy.map((field) => fieldOf(row, field));
      const id = JSON.stringify(group);
      const total = groups.get(id) ?? { group, count: 0, sums: sum.map(() => 0) };
      if (total.count === 0) groups.set(id, total);
      total.count += 1;
      for (const [i, field] of sum.entries()) total.sums[i] = (total.sums[i] ?? 0) + Number(fieldOf(row, field));
    }
    return [...groups.values()].sort((a, b) => compareTuples(a.group, b.group));
  }
  /** The rows by key as they are now; later changes do not show. */
  view() {
    return this.#orders.get(byKey)?.view() ?? [];
  }
  #orderOf({ index = byKey }) {
    const order = this.#orders.get(index);
    if (order === void 0) throw new TypeError(`${this.collection.name} has no index ${index}`);
    return order;
  }
};
function rangeOf(order, { equals = [], from, to }) {
  return {
    from: order.seek(from === void 0 ? equals : [...equals, from], false),
    to: order.seek(to === void 0 ? equals : [...equals, to], true)
  };
}

// src/store/lowdb/state.ts
var State = class {
  tables;
  /** The last number given out of each sequence. */
  numbers = /* @__PURE__ */ new Map();
  /** Number of the last journal line. */
  line = 0;
  head = emptyHead;
  constructor(collections) {
    this.tables = new Map(collections.map((collection) => [collection.name, new Table(collection)]));
  }
  tableOf(collection) {
    const table = this.tables.get(collection.name);
    if (table === void 0) throw new TypeError(`the store was opened without ${collection.name}`);
    return table;
  }
};

// src/store/lowdb/load.ts
async function loadState(disk, ledger, collections, warn) {
  const low = openSnapshot(disk, ledger);
  await low.read();
  const snapshot = low.data;
  const state = new State(collections);
  for (const { name, blocks } of snapshot.collections) {
    const table = state.tables.get(name);
    if (table === void 0) throw damaged(snapshotPath(ledger), 1, storeTexts.unknownCollection(name));
    for (const rows of blocks) for (const row of rows) table.load(table.keyOf(row), row);
  }
  for (const [sequence, number] of Object.entries(snapshot.numbers)) state.numbers.set(sequence, number);
  state.line = snapshot.line;
  state.head = snapshot.head;
  const last = await lastSegment(disk, ledger);
  if (last < snapshot.segment) throw missingSegment(ledger, snapshot.segment);
  if (snapshot.segment === 0 && last > 1) warn(storeTexts.rebuilt, { segments: last });
  const position = await replay(disk, ledger, { first: Math.max(1, snapshot.segment), last }, state, warn);
  for (const table of state.tables.values()) table.index();
  return { state, position, snapshotLine: snapshot.line };
}
async function replay(disk, ledger, { first, last }, state, warn) {
  let position = { segment: 0, bytes: 0, line: 0, head: emptyHead };
  for (let segment = first; segment <= last; segment += 1) {
    const path = segmentPath(ledger, segment);
    const onTorn = (line) => warn(storeTexts.tornLine, { file: path, line });
    const options = { after: { line: state.line, head: state.head }, onTorn: segment === last ? onTorn : void 0 };
    let number = 0;
    for await (const read of readSegment(disk, ledger, segment, options)) {
      number += 1;
      position = read.position;
      if (read.entry === null) continue;
      const fault = apply(state, read.entry);
      if (fault !== null) throw damaged(path, number, fault);
    }
  }
  return position;
}
function apply(state, { line, record, operational, numbers }) {
  if (record !== null) {
    if (!joins(state.head, record)) return storeTexts.brokenChain;
    state.head = { n: record.n, hash: record.hash };
  }
  for (const { collection, key, to } of [...record?.changes ?? [], ...operational]) {
    const table = state.tables.get(collection);
    if (table === void 0) return storeTexts.unknownCollection(collection);
    table.load(key, to ?? void 0);
  }
  for (const [sequence, number] of Object.entries(numbers)) state.numbers.set(sequence, number);
  state.line = line;
  return null;
}

// src/store/lowdb/lock.ts
import { randomUUID } from "node:crypto";
async function takeLock(disk, path, directory) {
  const own = JSON.stringify(await describeProcess(disk, process.pid));
  const temporary = `${path}.${randomUUID()}.tmp`;
  for (; ; ) {
    const file = await disk.open(temporary, "w", 384);
    try {
      await file.writeFile(own);
    } finally {
      await file.close();
    }
    try {
      await disk.link(temporary, path);
      return async () => {
        if (await unlessMissing(disk.readFile(path, "utf8")) === own) await disk.unlink(path);
      };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    } finally {
      await disk.rm(temporary, { force: true });
    }
    const found = await unlessMissing(disk.readFile(path, "utf8"));
    if (found === null) continue;
    await refuseLiving(disk, found, directory);
    await removeStale(disk, path, found, directory);
  }
}
async function refuseLiving(disk, text, directory) {
  const holder = parseHolder(text);
  if (holder !== null && await isAlive(disk, holder)) {
    throw new StoreError("in-use", storeTexts.inUse(directory, holder.pid));
  }
}
async function removeStale(disk, path, stale, directory) {
  const aside = `${path}.${randomUUID()}.tmp`;
  if (await unlessMissing(disk.rename(path, aside).then(() => true)) === null) return;
  const moved = await disk.readFile(aside, "utf8");
  if (moved !== stale) {
    await disk.link(aside, path).catch(() => void 0);
    await disk.rm(aside, { force: true });
    await refuseLiving(disk, moved, directory);
    return;
  }
  await disk.rm(aside, { force: true });
}
async function isAlive(disk, holder) {
  const now = await describeProcess(disk, holder.pid);
  if (now.boot !== holder.boot) return false;
  if (now.boot !== "") return now.started !== "" && now.started === holder.started;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
async function describeProcess(disk, pid) {
  const boot = await disk.readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  const stat = await disk.readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const isDead = fields[0] === "Z" || fields[0] === "X";
  return { pid, started: isDead ? "" : fields[19] ?? "", boot: boot.trim() };
}
function parseHolder(text) {
  try {
    const { pid, started, boot } = JSON.parse(text);
    return typeof pid === "number" && typeof started === "string" && typeof boot === "string" ? { pid, started, boot } : null;
  } catch {
    return null;
  }
}

// src/store/lowdb/lowdb-store.ts
import { setImmediate as nextTurn2 } from "node:timers/promises";

// src/store/lowdb/backup.ts
import { createHash } from "node:crypto";
import { dirname as dirname2, join as join3 } from "node:path";

// src/store/lowdb/blobs.ts
import { hash as hash2 } from "node:crypto";
import { join as join2 } from "node:path";
function createBlobs(disk, folder) {
  let temporaries = 0;
  const folderOf = (sum) => join2(folder, sum.slice(0, 2));
  const pathOf = (sum) => join2(folderOf(sum), sum.slice(2));
  const isSum = (text) => /^[0-9a-f]{64}$/.test(text);
  return {
    async put(bytes) {
      const sum = hash2("sha256", bytes);
      temporaries += 1;
      const names = { folder: folderOf(sum), temporary: join2(folder, `${temporaries}.tmp`), path: pathOf(sum) };
      try {
        if (await disk.mkdir(names.folder, { recursive: true }) !== void 0) await syncFolder(disk, folder);
        await replaceFile(disk, names, async (file) => {
          await writeAll(file, bytes, 0);
          return bytes.length;
        });
      } catch (error) {
        throw new StoreError("unavailable", storeTexts.notSaved(codeOf(error) || String(error)), { cause: error });
      }
      return sum;
    },
    async get(sum) {
      const bytes = isSum(sum) ? await unlessMissing(disk.readFile(pathOf(sum))) : null;
      if (bytes === null) return void 0;
      if (hash2("sha256", bytes) !== sum) throw new StoreError("damaged", storeTexts.damagedBlob(sum));
      return bytes;
    },
    async remove(sum) {
      if (!isSum(sum) || await unlessMissing(disk.unlink(pathOf(sum)).then(() => true)) === null) return;
      await syncFolder(disk, folderOf(sum));
    }
  };
}
async function listBlobs(disk, folder) {
  const paths = [];
  for (const prefix of await unlessMissing(disk.readdir(folder)) ?? []) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    for (const name of await disk.readdir(join2(folder, prefix))) paths.push(`${prefix}/${name}`);
  }
  return paths.sort();
}

// src/store/lowdb/backup.ts
var manifestPath = (backup) => join3(backup, "manifest.json");
var chunkSize2 = 1 << 20;
async function writeBackup(disk, ledger, position, directory) {
  const target = join3(directory, "ledger");
  try {
    if ((await unlessMissing(disk.readdir(directory)) ?? []).length > 0) {
      throw new StoreError("not-writable", storeTexts.backupNotEmpty(directory));
    }
    await disk.mkdir(target, { recursive: true });
  } catch (error) {
    throw toStoreError(error, directory);
  }
  try {
    const files = await copyLedger(disk, ledger, position, target);
    const names = { folder: directory, temporary: `${manifestPath(directory)}.tmp`, path: manifestPath(directory) };
    const manifest = { schema: schemaVersion, position, files };
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}
`);
    await replaceFile(disk, names, async (file) => {
      await writeAll(file, bytes, 0);
      return bytes.length;
    });
    return { records: position.head.n, head: position.head };
  } catch (error) {
    await disk.rm(target, { recursive: true, force: true }).catch(() => void 0);
    throw toStoreError(error, directory);
  }
}
async function copyLedger(disk, ledger, position, target) {
  const paths = /* @__PURE__ */ new Map();
  paths.set(snapshotPath(""), null);
  for (let segment = 1; segment <= position.segment; segment += 1) {
    paths.set(segmentPath("", segment), segment === position.segment ? position.bytes : null);
  }
  for (const path of await listBlobs(disk, blobFolder(ledger))) paths.set(join3(blobFolder(""), path), null);
  const files = [];
  for (const [path, until] of paths) {
    const copied = await unlessMissing(copyFile(disk, join3(ledger, path), join3(target, path), until));
    if (copied !== null) files.push({ path, ...copied });
  }
  const low = openSnapshot(disk, target);
  await low.read();
  if (low.data.segment <= position.segment) return files;
  await disk.rm(snapshotPath(target));
  return files.filter(({ path }) => path !== snapshotPath(""));
}
async function copyFile(disk, from, to, until = null) {
  const source = await disk.open(from, "r");
  try {
    const created = await disk.mkdir(dirname2(to), { recursive: true });
    const sum = createHash("sha256");
    let size = 0;
    await replaceFile(disk, { folder: dirname2(to), temporary: `${to}.tmp`, path: to }, async (file) => {
      const limit = until ?? Number.POSITIVE_INFINITY;
      while (size < limit) {
        const chunk = Buffer.allocUnsafe(Math.min(chunkSize2, limit - size));
        const { bytesRead } = await source.read(chunk, 0, chunk.length, size);
        if (bytesRead === 0) break;
        const read = chunk.subarray(0, bytesRead);
        sum.update(read);
        await writeAll(file, read, size);
        size += bytesRead;
      }
      return size;
    });
    if (created !== void 0) await syncFolder(disk, dirname2(created));
    return { size, sha256: sum.digest("hex") };
  } finally {
    await source.close();
  }
}

// src/store/lowdb/journal.ts
import { setImmediate as nextTurn } from "node:timers/promises";
var probeSize = 1 << 16;
var Journal = class _Journal {
  #disk;
  #ledger;
  #file;
  #synced;
  #waiting = [];
  #flushing = null;
  #last = Promise.resolve();
  #failure = null;
  constructor(disk, ledger, file, position) {
    this.#disk = disk;
    this.#ledger = ledger;
    this.#file = file;
    this.#synced = position;
  }
  /** Goes on at a position; what lies behind it in the file is cut off. */
  static async open(disk, ledger, position) {
    const file = await disk.open(segmentPath(ledger, position.segment), "r+");
    try {
      await cut(file, position.bytes);
      await syncFolder(disk, journalFolder(ledger));
    } catch (error) {
      await file.close().catch(() => void 0);
      throw error;
    }
    return new _Journal(disk, ledger, file, position);
  }
  /** Up to where everything is durable. */
  get synced() {
    return this.#synced;
  }
  /** Why nothing is taken any more. */
  get failure() {
    return this.#failure;
  }
  /** Resolves when the line is durable. @throws StoreError `unavailable` */
  append(bytes, line, head) {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const last = this.#waiting.at(-1);
    const batch = last?.lines ? last : this.#enqueue([]);
    batch.lines?.push(bytes);
    batch.line = line;
    batch.head = head;
    return batch.done;
  }
  /** Resolves when everything taken so far is durable. @throws StoreError `unavailable` */
  settled() {
    return this.#failure === null ? this.#last : Promise.reject(this.#failure);
  }
  /** Begins a new segment after everything taken so far. @returns its number */
  async rotate() {
    if (this.#failure !== null) throw this.#failure;
    await this.#enqueue(null).done;
    return this.#synced.segment;
  }
  /** Makes the file end at the last durable line again and sees whether the disk takes a write. */
  async repair() {
    await this.#flushing;
    const { segment, bytes } = this.#synced;
    const file = await this.#disk.open(segmentPath(this.#ledger, segment), "r+");
    try {
      await cut(file, bytes);
      await writeAll(file, Buffer.alloc(probeSize, " "), bytes);
      await file.datasync();
      await cut(file, bytes);
    } finally {
      await file.close();
    }
  }
  async close() {
    await this.#flushing;
    await this.#file.close();
  }
  #enqueue(lines) {
    let resolve = () => void 0;
    let reject = () => void 0;
    const done = new Promise((yes, no) => {
      resolve = yes;
      reject = no;
    });
    done.catch(() => void 0);
    const { line, head } = this.#synced;
    const batch = { lines, line, head, done, resolve, reject };
    this.#waiting.push(batch);
    this.#last = done;
    this.#flushing ??= this.#flush();
    return batch;
  }
  async #flush() {
    await nextTurn();
    for (let batch = this.#waiting.shift(); batch !== void 0; batch = this.#waiting.shift()) {
      try {
        await this.#write(batch);
      } catch (error) {
        await this.#fail(error, [batch, ...this.#waiting]);
        break;
      }
      batch.resolve();
    }
    this.#flushing = null;
  }
  async #write({ lines, line, head }) {
    if (lines !== null) {
      const { segment, bytes } = this.#synced;
      const block = Buffer.concat(lines);
      await writeAll(this.#file, block, bytes);
      await this.#file.datasync();
      this.#synced = { segment, bytes: bytes + block.length, line, head };
      return;
    }
    const position = await createSegment(this.#disk, this.#ledger, this.#synced);
    await this.#file.close();
    this.#file = await this.#disk.open(segmentPath(this.#ledger, position.segment), "r+");
    this.#synced = position;
  }
  async #fail(error, refused) {
    const failure = new StoreError("unavailable", storeTexts.notSaved(codeOf(error) || String(error)), {
      cause: error
    });
    this.#failure = failure;
    await cut(this.#file, this.#synced.bytes).catch(() => void 0);
    this.#waiting = [];
    for (const batch of refused) batch.reject(failure);
  }
};
async function cut(file, bytes) {
  await file.truncate(bytes);
  await file.datasync();
}

// src/store/lowdb/transaction.ts
import { hash as hash3 } from "node:crypto";
var View = class {
  #state;
  #ended = false;
  constructor(state) {
    this.#state = state;
  }
  async get(collection, key) {
    return this.state.tableOf(collection).get(String(key));
  }
  async find(collection, query) {
    return this.state.tableOf(collection).find(query);
  }
  async count(collection, query) {
    return this.state.tableOf(collection).count(query);
  }
  async totals(collection, query) {
    return this.state.tableOf(collection).totals(query);
  }
  async auditHead() {
    return this.state.head;
  }
  get state() {
    if (this.#ended) throw new Error("the transaction has ended");
    return this.#state;
  }
  end() {
    this.#ended = true;
  }
};
var unrecorded = /* @__PURE__ */ new Set(["outbox", "simulator"]);
var firstNumber = 1001;
var Work = class extends View {
  cause;
  #touched = /* @__PURE__ */ new Map();
  /** Sequences drawn from, with what they stood at before. */
  #drawn = /* @__PURE__ */ new Map();
  constructor(state, { actor, via, what, ref, at }) {
    super(state);
    this.cause = { actor, via, what, ref, at };
  }
  attribute(known) {
    this.cause = { ...this.cause, ...known };
  }
  async put(collection, row) {
    const table = this.state.tableOf(collection);
    const kept = collection.schema.parse(row);
    const key = table.keyOf(kept);
    if (collection.appendOnly && table.get(key) !== void 0) throw refuseChange(collection.name, key);
    this.#touch(table, key, kept, JSON.stringify(kept));
  }
  async remove(collection, key) {
    const table = this.state.tableOf(collection);
    if (collection.appendOnly) throw refuseChange(collection.name, String(key));
    if (table.get(String(key)) !== void 0) this.#touch(table, String(key), void 0, null);
  }
  async nextNumber(sequence) {
    const { numbers } = this.state;
    const before = numbers.get(sequence);
    if (!this.#drawn.has(sequence)) this.#drawn.set(sequence, before);
    const number = (before ?? firstNumber - 1) + 1;
    numbers.set(sequence, number);
    return number;
  }
  /** Ends the transaction. @returns its journal line, or null when it leaves no trace */
  commit() {
    const { state } = this;
    this.end();
    const ledger = [];
    const operational = [];
    for (const { table, key, text } of this.#touched.values()) {
      const { name, kept } = table.collection;
      const change = `{"collection":${JSON.stringify(name)},"key":${JSON.stringify(key)},"to":${text ?? "null"}}`;
      (kept === "ledger" ? ledger : operational).push(change);
    }
    let body = `{"line":${state.line + 1}`;
    if (ledger.length > 0 || !unrecorded.has(this.cause.via)) {
      const n2 = state.head.n + 1;
      const audit = `[${n2},${JSON.stringify(this.cause)},[${ledger.join(",")}],"${state.head.hash}"]`;
      state.head = { n: n2, hash: hash3("sha256", audit) };
      body += `,"audit":${audit},"hash":"${state.head.hash}"`;
    } else if (operational.length === 0 && this.#drawn.size === 0) return null;
    if (operational.length > 0) body += `,"operational":[${operational.join(",")}]`;
    if (this.#drawn.size > 0) {
      const numbers = [...this.#drawn.keys()].map((sequence) => [sequence, state.numbers.get(sequence)]);
      body += `,"numbers":${JSON.stringify(Object.fromEntries(numbers))}`;
    }
    state.line += 1;
    return sealLine(body);
  }
  /** Ends the transaction as if it had never been. */
  rollback() {
    const { numbers } = this.state;
    this.end();
    for (const { table, key, before } of this.#touched.values()) table.set(key, before);
    for (const [sequence, before] of this.#drawn) {
      if (before === void 0) numbers.delete(sequence);
      else numbers.set(sequence, before);
    }
  }
  #touch(table, key, row, text) {
    const id = `${table.collection.name}
${key}`;
    const before = table.set(key, row);
    const touched = this.#touched.get(id);
    if (touched === void 0) this.#touched.set(id, { table, key, before, text });
    else touched.text = text;
  }
};
var refuseChange = (collection, key) => new StoreError("append-only", storeTexts.appendOnly(collection, key));

// src/store/lowdb/lowdb-store.ts
var turnLength = 8;
var LowdbStore = class _LowdbStore {
  blobs;
  #engine;
  #turns = [];
  #isRunning = false;
  #closing = null;
  #state;
  #journal;
  #snapshotLine;
  /** Bytes of a segment after which a snapshot is taken. */
  #snapshotLimit;
  /** Snapshots and backups, one after another. */
  #background = Promise.resolve();
  #isSnapshotDue = false;
  constructor(engine, loaded, journal, snapshotBytes) {
    this.#engine = engine;
    this.#state = loaded.state;
    this.#journal = journal;
    this.#snapshotLine = loaded.snapshotLine;
    this.#snapshotLimit = this.#limitFor(snapshotBytes);
    this.blobs = createBlobs(engine.disk, blobFolder(engine.ledger));
  }
  /** Goes on where `loaded` ends. */
  static async open(engine, loaded) {
    const { disk, ledger } = engine;
    const journal = await Journal.open(disk, ledger, loaded.position);
    return new _LowdbStore(engine, loaded, journal, await sizeOfSnapshot(disk, ledger));
  }
  transaction(cause2, work) {
    if (this.#closing !== null) return refuseClosed();
    return this.#inTurn(async () => {
      const journal = this.#journal;
      const tx = new Work(this.#state, cause2);
      try {
        const result = await work(tx);
        const line = tx.commit();
        const { line: number, head } = this.#state;
        this.#watchGrowth();
        const durable = line === null ? journal.settled() : journal.append(line, number, head);
        return { answer: durable.then(() => result) };
      } catch (error) {
        tx.rollback();
        return { answer: journal.settled().then(() => Promise.reject(error)) };
      }
    });
  }
  read(work) {
    if (this.#closing !== null) return refuseClosed();
    return this.#inTurn(async () => {
      const view = new View(this.#state);
      const done = work(view).finally(() => view.end());
      await done.catch(() => void 0);
      return { answer: this.#journal.settled().then(() => done) };
    });
  }
  auditRecords(from = 1) {
    return readRecords(this.#engine.disk, this.#engine.ledger, from, this.#journal.synced);
  }
  status() {
    if (this.#closing !== null) return { ready: false, reason: storeTexts.closed };
    const { failure } = this.#journal;
    return failure === null ? { ready: true } : { ready: false, reason: failure.message };
  }
  backup(directory) {
    if (this.#closing !== null) return refuseClosed();
    return this.#inBackground(async () => {
      const position = await this.#inTurn(async () => ({
        answer: this.#journal.settled().then(() => this.#journal.synced)
      }));
      return writeBackup(this.#engine.disk, this.#engine.ledger, position, directory);
    });
  }
  snapshot() {
    if (this.#closing !== null) return refuseClosed();
    return this.#inBackground(() => this.#takeSnapshot());
  }
  close() {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }
  async #shutDown() {
    await this.#inBackground(() => this.#takeSnapshot()).catch(
      (error) => this.#engine.warn(storeTexts.snapshotFailed, { error })
    );
    await this.#journal.close();
    await this.#engine.release();
  }
  async #takeSnapshot() {
    const { disk, ledger } = this.#engine;
    const taken = await this.#inTurn(async () => {
      const state = this.#state;
      if (state.line === this.#snapshotLine) return { answer: Promise.resolve(null) };
      const { line, head } = state;
      const numbers = Object.fromEntries(state.numbers);
      const collections = [...state.tables].map(([name, table]) => ({ name, blocks: table.view() }));
      const rotated = this.#journal.rotate();
      return { answer: rotated.then((segment) => ({ segment, line, head, numbers, collections })) };
    });
    if (taken === null) return;
    const low = openSnapshot(disk, ledger);
    low.data = taken;
    await low.write();
    this.#snapshotLine = taken.line;
    this.#snapshotLimit = this.#limitFor(await sizeOfSnapshot(disk, ledger));
  }
  /** Takes a snapshot by itself when replay would become long. */
  #watchGrowth() {
    if (this.#isSnapshotDue || this.#journal.synced.bytes < this.#snapshotLimit) return;
    this.#isSnapshotDue = true;
    this.snapshot().catch((error) => this.#engine.warn(storeTexts.snapshotFailed, { error })).finally(() => {
      this.#isSnapshotDue = false;
    });
  }
  #limitFor(snapshotBytes) {
    return Math.max(this.#engine.snapshotAfter, snapshotBytes / 2);
  }
  #inBackground(work) {
    const result = this.#background.then(work);
    this.#background = result.catch(() => void 0);
    return result;
  }
  /** Runs when all before has run; `answer` is waited for by the caller, not by the next in the queue. */
  #inTurn(work) {
    return new Promise((resolve, reject) => {
      const run = async () => {
        try {
          resolve((await work()).answer);
        } catch (error) {
          reject(error);
        }
      };
      this.#turns.push({ run, refuse: reject });
      if (!this.#isRunning) void this.#runTurns();
    });
  }
  async #runTurns() {
    this.#isRunning = true;
    let since = performance.now();
    for (let turn = this.#turns.shift(); turn !== void 0; turn = this.#turns.shift()) {
      if (this.#journal.failure !== null) {
        try {
          await this.#recover();
        } catch (error) {
          const refusal = asUnavailable(error);
          for (const refused of [turn, ...this.#turns.splice(0)]) refused.refuse(refusal);
          continue;
        }
      }
      await turn.run();
      if (performance.now() - since < turnLength) continue;
      await nextTurn2();
      since = performance.now();
    }
    this.#isRunning = false;
  }
  /** After a failure: nothing in memory counts, only what is on disk. */
  async #recover() {
    const broken = this.#journal;
    await broken.repair();
    const { disk, ledger, load, warn } = this.#engine;
    const loaded = await load();
    this.#journal = await Journal.open(disk, ledger, loaded.position);
    this.#state = loaded.state;
    await broken.close().catch(() => void 0);
    warn(storeTexts.recovered, { line: loaded.position.line });
  }
};
var refuseClosed = () => Promise.reject(new StoreError("unavailable", storeTexts.closed));
var asUnavailable = (error) => {
  const message = error instanceof StoreError ? error.message : storeTexts.notSaved(codeOf(error) || String(error));
  return new StoreError("unavailable", message, { cause: error });
};

// src/store/lowdb/read-only.ts
function createReadOnlyStore(disk, ledger, { state, position }) {
  const refuse = () => Promise.reject(new StoreError("unavailable", storeTexts.readOnly));
  const blobs = createBlobs(disk, blobFolder(ledger));
  return {
    transaction: refuse,
    async read(work) {
      const view = new View(state);
      try {
        return await work(view);
      } finally {
        view.end();
      }
    },
    blobs: { put: refuse, get: (hash4) => blobs.get(hash4), remove: refuse },
    auditRecords: (from = 1) => readRecords(disk, ledger, from, position),
    status: () => ({ ready: true }),
    backup: (directory) => writeBackup(disk, ledger, position, directory),
    snapshot: refuse,
    close: () => Promise.resolve()
  };
}

// src/store/lowdb/restore.ts
async function finishRestore(disk, { directory, ledger, restored }) {
  await disk.rm(`${restored}.tmp`, { recursive: true, force: true });
  if (await unlessMissing(disk.stat(restored)) === null) return false;
  const isDropped = await unlessMissing(disk.stat(ledger)) !== null;
  if (isDropped) await disk.rm(restored, { recursive: true });
  else await disk.rename(restored, ledger);
  await syncFolder(disk, directory);
  return isDropped;
}

// src/store/lowdb/open.ts
async function openLowdbStore(options) {
  const { directory, readOnly = false } = options;
  try {
    return await (readOnly ? openForReading(options) : openForWriting(options));
  } catch (error) {
    throw toStoreError(error, directory);
  }
}
var ignore = () => void 0;
async function openForReading({ directory, collections, disk = realDisk }) {
  const { ledger, restored } = layoutOf(directory);
  const isUnfinished = await unlessMissing(disk.stat(ledger)) === null && await unlessMissing(disk.stat(restored));
  if (isUnfinished) throw new StoreError("damaged", storeTexts.unfinishedRestore(directory));
  return createReadOnlyStore(disk, ledger, await loadState(disk, ledger, collections, ignore));
}
async function openForWriting(options) {
  const { directory, collections, onWarning = ignore, disk = realDisk, snapshotAfter = 16 << 20 } = options;
  const layout = layoutOf(directory);
  const { ledger } = layout;
  await disk.mkdir(directory, { recursive: true });
  const release = await takeLock(disk, layout.lock, directory);
  try {
    if (await finishRestore(disk, layout)) onWarning(storeTexts.restoreDropped, { directory });
    await prepareFolders(disk, layout);
    const load = () => loadState(disk, ledger, collections, onWarning);
    const found = await load();
    const isNew = found.position.segment === 0;
    const start = isNew ? await createSegment(disk, ledger, { segment: 0, line: 0, head: emptyHead }) : found.position;
    const engine = { disk, ledger, warn: onWarning, load, release, snapshotAfter };
    return await LowdbStore.open(engine, { ...found, position: start });
  } catch (error) {
    await release();
    throw error;
  }
}
async function prepareFolders(disk, { directory, ledger }) {
  for (const folder of [journalFolder(ledger), blobFolder(ledger)]) await disk.mkdir(folder, { recursive: true });
  for (const folder of [ledger, journalFolder(ledger), blobFolder(ledger)]) {
    for (const name of await disk.readdir(folder)) {
      if (name.endsWith(".tmp")) await disk.rm(join4(folder, name), { force: true });
    }
  }
  for (const folder of [ledger, directory]) await syncFolder(disk, folder);
}

// src/domain/hours.ts
import { z as z2 } from "zod";

// src/domain/schema.ts
import { z } from "zod";

// src/domain/day.ts
var shanghaiMs = 8 * 36e5;
var toMs = (day) => Date.parse(`${day}T00:00:00.000Z`);
var fromMs = (ms) => new Date(ms).toISOString().slice(0, 10);
function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = toMs(text);
  return !Number.isNaN(ms) && fromMs(ms) === text;
}

// src/domain/schema.ts
var daySchema = z.string().refine(isDay, "YYYY-MM-DD");
var instantSchema = z.string().length(24);
var monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
var hoursSchema = z.number().int().nonnegative();
var staffNoSchema = z.string().min(1).max(32);

// src/domain/hours.ts
var contents = ["theory", "party-spirit", "professional", "knowledge"];
var kinds = ["thematic", "rotation", "induction", "post", "special", "unspecified"];
var forms = [
  "advanced-study",
  "intensive",
  "central-group",
  "online",
  "secondment",
  "self-study",
  "unspecified"
];
var entryStates = ["submitted", "approved", "returned", "rejected", "withdrawn", "voided"];
var shareSchema = z2.object({ year: z2.number().int(), hours: hoursSchema });
var factsSchema = z2.object({
  from: daySchema,
  to: daySchema,
  /** Hundredths of an hour, over the whole span. */
  hours: hoursSchema,
  content: z2.enum(contents),
  kind: z2.enum(kinds),
  form: z2.enum(forms),
  title: z2.string().min(1).max(200),
  organiser: z2.string().max(120).nullable(),
  place: z2.string().max(120).nullable(),
  /** 证明材料 in words, or a blob's hash. */
  proof: z2.string().max(300).nullable(),
  /** 考核结果. */
  result: z2.string().max(60).nullable(),
  note: z2.string().max(300).nullable()
});
var hourEntrySchema = factsSchema.extend({
  /** 登记号. */
  id: z2.number().int().positive(),
  staffNo: staffNoSchema,
  /** Year of `from`; an entry that crosses a year's end is counted by `shares`. */
  year: z2.number().int(),
  shares: z2.array(shareSchema),
  crossesYear: z2.boolean(),
  state: z2.enum(entryStates),
  /** Hours as first claimed, before a reviewer changed them. */
  claimedHours: hoursSchema,
  source: z2.enum(["chat", "import", "course"]),
  importId: z2.string().nullable(),
  submittedAt: instantSchema,
  submittedBy: staffNoSchema,
  decidedAt: instantSchema.nullable(),
  decidedBy: staffNoSchema.nullable(),
  reason: z2.string().max(300).nullable(),
  /** Number of the last event. */
  version: z2.number().int().positive()
});
var hourEventSchema = z2.object({
  entryId: z2.number().int().positive(),
  seq: z2.number().int().positive(),
  type: z2.enum(["submitted", "approved", "returned", "rejected", "withdrawn", "voided"]),
  at: instantSchema,
  by: staffNoSchema,
  staffNo: staffNoSchema,
  reason: z2.string().max(300).nullable(),
  facts: factsSchema.nullable(),
  source: z2.enum(["chat", "import", "course"]),
  importId: z2.string().nullable()
});
var hourEntries = defineCollection({
  name: "hour-entries",
  schema: hourEntrySchema,
  key: ["id"],
  indexes: {
    byPerson: ["staffNo", "from"],
    byState: ["state", "submittedAt"],
    byEnd: ["to"],
    byImport: ["importId"],
    byCrossing: ["crossesYear"]
  }
});
var hourEvents = defineCollection({
  name: "hour-events",
  schema: hourEventSchema,
  key: ["entryId", "seq"],
  indexes: { byEntry: ["entryId", "seq"] },
  appendOnly: true
});

// src/domain/reflection.ts
import { z as z3 } from "zod";
var reflectionSchema = z3.object({
  entryId: z3.number().int().positive(),
  staffNo: staffNoSchema,
  title: z3.string(),
  /** Last day of the training. */
  endedOn: daySchema,
  dueOn: daySchema,
  state: z3.enum(["owed", "handed-in", "returned", "accepted", "waived"]),
  handedInAt: instantSchema.nullable(),
  /** Handed in after `dueOn`. */
  late: z3.boolean(),
  /** Han characters + Latin words + digit runs. */
  length: z3.number().int().nonnegative(),
  blob: z3.string().nullable(),
  decidedBy: staffNoSchema.nullable(),
  reason: z3.string().max(300).nullable()
});
var reflections = defineCollection({
  name: "reflections",
  schema: reflectionSchema,
  key: ["entryId"],
  indexes: { byPerson: ["staffNo", "dueOn"], byState: ["state", "dueOn"], byEnd: ["endedOn"] }
});

// src/messenger/outbox.ts
import { z as z5 } from "zod";

// src/messenger/reply.ts
import { z as z4 } from "zod";
var invocationSchema = z4.object({
  command: z4.string().max(20),
  args: z4.record(z4.string(), z4.json()),
  /** The tapped card stays as it is and the answer comes as a new message; otherwise the answer takes its place. */
  keep: z4.boolean().optional()
});
var buttonSchema = z4.object({
  label: z4.string().max(20),
  style: z4.enum(["primary", "default", "danger"]),
  press: invocationSchema,
  /** Asked before the press takes effect. */
  confirm: z4.string().optional()
});
var optionSchema = z4.object({ value: z4.string(), label: z4.string() });
var formFieldSchema = z4.discriminatedUnion("type", [
  z4.object({
    type: z4.literal("text"),
    name: z4.string(),
    label: z4.string(),
    hint: z4.string().optional(),
    value: z4.string().optional(),
    required: z4.boolean(),
    multiline: z4.boolean().optional(),
    maxLength: z4.number().int().optional()
  }),
  z4.object({
    type: z4.literal("choice"),
    name: z4.string(),
    label: z4.string(),
    options: z4.array(optionSchema).min(1),
    value: z4.string().optional(),
    required: z4.boolean(),
    many: z4.boolean().optional()
  }),
  z4.object({
    type: z4.literal("day"),
    name: z4.string(),
    label: z4.string(),
    value: z4.string().optional(),
    required: z4.boolean()
  })
]);
var chartSchema = z4.object({
  type: z4.literal("chart"),
  kind: z4.enum(["bar", "pie", "line"]),
  title: z4.string(),
  /** What the numbers are: `学时`, `人`, `%`. */
  unit: z4.string(),
  categories: z4.array(z4.string()),
  series: z4.array(z4.object({ name: z4.string(), values: z4.array(z4.number()) })),
  /** A line across the chart, such as 70 %. */
  mark: z4.object({ label: z4.string(), value: z4.number() }).optional()
});
var blockSchema = z4.discriminatedUnion("type", [
  z4.object({ type: z4.literal("text"), text: z4.string() }),
  /** Small and grey: where a figure comes from, what to do next. */
  z4.object({ type: z4.literal("note"), text: z4.string() }),
  z4.object({ type: z4.literal("fields"), fields: z4.array(z4.object({ label: z4.string(), value: z4.string() })) }),
  /** `value` and `marks` in the unit of `max`; `text` says the same in words. */
  z4.object({
    type: z4.literal("progress"),
    label: z4.string(),
    value: z4.number(),
    max: z4.number().positive(),
    mark: z4.number().optional(),
    text: z4.string()
  }),
  z4.object({
    type: z4.literal("table"),
    columns: z4.array(z4.object({ label: z4.string(), align: z4.enum(["left", "right"]) })),
    rows: z4.array(z4.array(z4.string()))
  }),
  chartSchema,
  z4.object({
    type: z4.literal("form"),
    name: z4.string(),
    fields: z4.array(formFieldSchema).min(1),
    submit: buttonSchema
  }),
  z4.object({ type: z4.literal("buttons"), buttons: z4.array(buttonSchema).min(1) }),
  z4.object({ type: z4.literal("divider") })
]);
var cardSchema = z4.object({
  title: z4.string().max(60),
  tone: z4.enum(["plain", "info", "good", "warn", "bad"]),
  /** First line of the plain text and summary of the notification. */
  summary: z4.string(),
  blocks: z4.array(blockSchema)
});
var replySchema = z4.discriminatedUnion("type", [
  z4.object({ type: z4.literal("text"), text: z4.string() }),
  z4.object({ type: z4.literal("card"), card: cardSchema }),
  /** A file that lies in a blob. */
  z4.object({ type: z4.literal("file"), name: z4.string(), blob: z4.string(), mime: z4.string(), caption: z4.string() }),
  /** A workbook that is made when it is sent, from what the ledger holds then; `args` say which part of it. */
  z4.object({
    type: z4.literal("document"),
    document: z4.enum(["overdue", "ledger"]),
    name: z4.string(),
    caption: z4.string(),
    args: z4.record(z4.string(), z4.json())
  })
]);

// src/messenger/outbox.ts
var states = ["queued", "leased", "sent", "failed", "unknown", "expired"];
var outboxSchema = z5.object({
  /** `answer:…`, `digest:2026-11-20:E1001`, `bulletin:2026-10:oc_…`: a second message with the same key is not sent. */
  key: z5.string().max(200),
  messenger: z5.string(),
  /** A cadre by 工号 (the address is looked up when it is sent), a sender not on the roster, or a chat. */
  to: z5.discriminatedUnion("type", [
    z5.object({ type: z5.literal("cadre"), staffNo: z5.string() }),
    z5.object({ type: z5.literal("person"), id: z5.string() }),
    z5.object({ type: z5.literal("chat"), id: z5.string() })
  ]),
  /** What counts against the monthly cap is `chase`; the rest goes at once. */
  purpose: z5.enum(["answer", "decision", "chase", "bulletin", "notice"]),
  /** 工号 or chat: for 自查 and 审计. */
  target: z5.string(),
  reply: replySchema.nullable(),
  state: z5.enum(states),
  createdAt: instantSchema,
  notBefore: instantSchema,
  /** A reminder that could not go out in its hours is not sent later. */
  notAfter: instantSchema.nullable(),
  /** Order of entry: what one target hears comes in this order. */
  seq: z5.number().int(),
  attempts: z5.number().int(),
  firstTriedAt: instantSchema.nullable(),
  leasedUntil: instantSchema.nullable(),
  leasedBy: z5.string().nullable(),
  sentAt: instantSchema.nullable(),
  messageId: z5.string().nullable(),
  reason: z5.string().nullable()
});
var outbox = defineCollection({
  name: "outbox",
  schema: outboxSchema,
  key: ["key"],
  indexes: {
    byState: ["state", "notBefore"],
    byTarget: ["target", "purpose", "createdAt"],
    byOrder: ["state", "target", "seq"],
    byPurpose: ["purpose", "state", "createdAt"]
  },
  kept: "operational"
});
async function enqueue(tx, outgoing) {
  if (await tx.get(outbox, outgoing.key) !== void 0) return false;
  const { key, messenger, to, purpose, reply } = outgoing;
  await tx.put(outbox, {
    key,
    messenger,
    to,
    purpose,
    target: to.type === "cadre" ? to.staffNo : to.id,
    reply,
    state: "queued",
    createdAt: tx.cause.at,
    notBefore: outgoing.notBefore ?? tx.cause.at,
    notAfter: outgoing.notAfter ?? null,
    seq: await tx.nextNumber("outbox"),
    attempts: 0,
    firstTriedAt: null,
    leasedUntil: null,
    leasedBy: null,
    sentAt: null,
    messageId: null,
    reason: null
  });
  return true;
}

// .m.mts
var N = Number(process.argv[2] ?? 1e5);
var dir = await mkdtemp("/tmp/st-");
var open = () => openLowdbStore({ directory: dir, snapshotAfter: 1e12, collections: [hourEntries, hourEvents, reflections, outbox], onWarning: (m, f) => console.log("WARN", m, f) });
var store = await open();
var facts = (i) => ({ from: "2026-11-20", to: "2026-11-20", hours: 300, content: "theory", kind: "special", form: "intensive", title: "\u5B66\u4E60\u8D2F\u5F7B\u515A\u7684\u4E8C\u5341\u5C4A\u56DB\u4E2D\u5168\u4F1A\u7CBE\u795E\u4E13\u9898\u57F9\u8BAD\u73ED\u7B2C" + i + "\u671F", organiser: "\u7EC4\u7EC7\u90E8", place: "\u884C\u653F\u697C 301", proof: "\u7B7E\u5230\u8868\u3001\u8BFE\u7A0B\u8868", result: null, note: null });
var cause = (i) => ({ actor: "E1001", via: "message", what: "\u767B\u8BB0", ref: "om_" + i, at: new Date(17e11 + i * 6e4).toISOString() });
var staff = (i) => "E" + i * 7919 % 2e3;
async function one(i, bulk = false) {
  await store.transaction(cause(i), async (tx) => {
    const id = await tx.nextNumber("hour-entries");
    const e = { entryId: id, seq: 1, type: "submitted", at: cause(i).at, by: staff(i), staffNo: staff(i), reason: null, facts: facts(i), source: "chat", importId: null };
    if (!bulk) {
      await tx.get(hourEntries, id);
      await tx.find(hourEntries, { index: "byPerson", equals: [staff(i)], limit: 50 });
    }
    await tx.put(hourEvents, e);
    await tx.put(hourEntries, { ...facts(i), id, staffNo: staff(i), year: 2026, shares: [{ year: 2026, hours: 300 }], crossesYear: false, state: "submitted", claimedHours: 300, source: "chat", importId: null, submittedAt: cause(i).at, submittedBy: staff(i), decidedAt: null, decidedBy: null, reason: null, version: 1 });
    if (bulk) {
      await tx.put(hourEvents, { ...e, seq: 2, type: "approved" });
      return;
    }
    await tx.put(reflections, { entryId: id, staffNo: staff(i), title: facts(i).title, endedOn: "2026-11-20", dueOn: "2026-12-05", state: "owed", handedInAt: null, late: false, length: 0, blob: null, decidedBy: null, reason: null });
    await enqueue(tx, { key: "a" + i, messenger: "sim", to: { type: "cadre", staffNo: "E1" }, purpose: "answer", reply: { type: "text", text: "\u5DF2\u767B\u8BB0\uFF0C".repeat(30) } });
  });
}
var n = 0;
var rate = async (conc, total, bulk = false) => {
  const t2 = process.cpuUsage();
  let done = 0;
  await Promise.all(Array.from({ length: conc }, async () => {
    while (done < total) {
      done++;
      await one(n++, bulk);
    }
  }));
  const u = process.cpuUsage(t2);
  return ((u.user + u.system) / total).toFixed(0) + "us cpu";
};
await rate(100, 3e3);
console.log("empty", await rate(100, 5e3), await rate(100, 6e4));
await rate(500, N, true);
await store.close();
var c = process.cpuUsage();
var t = performance.now();
store = await open();
c = process.cpuUsage(c);
console.log("open cpu ms", (c.user + c.system) / 1e3, "wall", Math.round(performance.now() - t));
await rate(100, 1e3);
console.log("full", await rate(100, 5e3), await rate(100, 5e3), await rate(1, 500));
globalThis.gc?.();
console.log("heap MB", Math.round(process.memoryUsage().heapUsed / 1e6));
await store.close();
await rm(dir, { recursive: true });
