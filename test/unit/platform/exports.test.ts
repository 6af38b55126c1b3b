import { expect } from 'chai';
import { TooManyRows } from '../../../server/platform/errors.js';
import { asExport, mostExported, wholeOf } from '../../../server/platform/http/exports.js';
import { readPaging } from '../../../server/platform/http/paging.js';

describe('exports of lists', () => {
  it('read from the first row on, in the order that was chosen', () => {
    const paging = asExport(readPaging({ page: '7', size: '10', sort: '-name' }, ['division', 'name']));
    expect(paging).to.deep.equal({ page: 1, skip: 0, size: mostExported, sort: 'name', direction: -1 });
  });

  it('are the whole list or nothing', () => {
    expect(wholeOf({ rows: ['a', 'b'], total: 2 })).to.deep.equal(['a', 'b']);
    expect(() => wholeOf({ rows: ['a'], total: mostExported + 1 }))
      .to.throw(TooManyRows)
      .that.includes({ status: 413, total: mostExported + 1, most: mostExported });
  });
});
