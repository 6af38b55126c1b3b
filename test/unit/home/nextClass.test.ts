import { expect } from 'chai';
import { nextPlace, nextSlot, type MyPlace } from '../../../server/home/meClasses.pages.js';
import type { Slot } from '../../../server/trainings/slots.rules.js';

function place(name: string, slots: readonly string[], state = 'CONFIRMED'): MyPlace {
  const sessions = slots.map((slot) => ({ slot }));
  return { place: { state }, of: { name, state: 'PUBLISHED', sessions } } as unknown as MyPlace;
}

describe('the next class of a worker', () => {
  const long = place('长班', ['2026-11-23-AM', '2026-11-24-AM', '2026-11-25-AM']);
  const short = place('短班', ['2026-11-24-PM']);

  it('is the nearest half-day that is not over, not the first day of a class', () => {
    expect(nextSlot(long.of, '2026-11-24-AM' as Slot)).to.equal('2026-11-24-AM');
    expect(nextSlot(long.of, '2026-11-24-PM' as Slot)).to.equal('2026-11-25-AM');
    expect(nextPlace([long, short], '2026-11-24-AM' as Slot)?.of.name).to.equal('长班');
    expect(nextPlace([long, short], '2026-11-24-PM' as Slot)?.of.name).to.equal('短班');
  });

  it('is none when all are over or the place was given back', () => {
    expect(nextPlace([long, short], '2026-11-25-PM' as Slot)).to.equal(null);
    expect(nextPlace([place('退出的班', ['2026-12-01-AM'], 'WITHDRAWN')], '2026-11-24-AM' as Slot)).to.equal(null);
  });
});
