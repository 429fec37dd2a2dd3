import { mkdtemp, rm } from 'node:fs/promises';
import { openLowdbStore } from './src/store/lowdb/open.ts';
import { hourEntries, hourEvents } from './src/domain/hours.ts';
import { reflections } from './src/domain/reflection.ts';
import { outbox, enqueue } from './src/messenger/outbox.ts';
const N = Number(process.argv[2] ?? 100000);
const dir = await mkdtemp('/tmp/st-');
const open = () => openLowdbStore({ directory: dir, snapshotAfter: 1e12, collections: [hourEntries, hourEvents, reflections, outbox] as never, onWarning: (m,f)=>console.log('WARN',m,f) });
let store = await open();
const facts = (i:number)=>({ from:'2026-11-20', to:'2026-11-20', hours:300, content:'theory' as const, kind:'special' as const, form:'intensive' as const, title:'学习贯彻党的二十届四中全会精神专题培训班第'+i+'期', organiser:'组织部', place:'行政楼 301', proof:'签到表、课程表', result:null, note:null });
const cause = (i:number)=>({ actor:'E1001', via:'message' as const, what:'登记', ref:'om_'+i, at:new Date(1.7e12+i*60000).toISOString() });
const staff=(i:number)=>'E'+(i*7919%2000);
async function one(i:number, bulk=false) {
  await store.transaction(cause(i), async (tx) => {
    const id = await tx.nextNumber('hour-entries');
    const e = { entryId:id, seq:1, type:'submitted' as const, at:cause(i).at, by:staff(i), staffNo:staff(i), reason:null, facts:facts(i), source:'chat' as const, importId:null };
    if (!bulk) { await tx.get(hourEntries, id); await tx.find(hourEntries, { index:'byPerson', equals:[staff(i)], limit: 50 }); }
    await tx.put(hourEvents, e);
    await tx.put(hourEntries, { ...facts(i), id, staffNo:staff(i), year:2026, shares:[{year:2026,hours:300}], crossesYear:false, state:'submitted', claimedHours:300, source:'chat', importId:null, submittedAt:cause(i).at, submittedBy:staff(i), decidedAt:null, decidedBy:null, reason:null, version:1 });
    if (bulk) { await tx.put(hourEvents, {...e, seq:2, type:'approved'}); return; }
    await tx.put(reflections, { entryId:id, staffNo:staff(i), title:facts(i).title, endedOn:'2026-11-20', dueOn:'2026-12-05', state:'owed', handedInAt:null, late:false, length:0, blob:null, decidedBy:null, reason:null });
    await enqueue(tx, { key:'a'+i, messenger:'sim', to:{type:'cadre', staffNo:'E1'}, purpose:'answer', reply:{ type:'text', text:'已登记，'.repeat(30) } as never });
  });
}
let n=0;
const rate = async (conc:number,total:number,bulk=false)=>{ const t=process.cpuUsage(); let done=0; await Promise.all(Array.from({length:conc}, async()=>{ while(done<total){done++; await one(n++,bulk);} })); const u=process.cpuUsage(t); return ((u.user+u.system)/total).toFixed(0)+'us cpu'; };
await rate(100,3000);
console.log('empty', await rate(100,5000), await rate(100,60000));
await rate(500,N,true);
await store.close(); let c=process.cpuUsage(); let t=performance.now(); store=await open(); c=process.cpuUsage(c); console.log('open cpu ms', (c.user+c.system)/1000, 'wall', Math.round(performance.now()-t));
await rate(100,1000);
console.log('full', await rate(100,5000), await rate(100,5000), await rate(1,500));
(globalThis as any).gc?.(); console.log('heap MB', Math.round(process.memoryUsage().heapUsed/1e6));
await store.close(); await rm(dir,{recursive:true});
