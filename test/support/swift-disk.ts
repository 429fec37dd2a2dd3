import { type Disk, realDisk } from '../../src/store/lowdb/disk.ts';

const atOnce = async (): Promise<void> => {};

/** The real file system, but nobody waits for a sync: for all tests in which no power is cut. */
export const swiftDisk: Disk = {
  ...realDisk,
  open: async (...args) => Object.assign(await realDisk.open(...args), { sync: atOnce, datasync: atOnce }),
};
