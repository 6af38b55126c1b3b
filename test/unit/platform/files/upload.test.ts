import { expect } from 'chai';
import express, { type NextFunction, type Request, type Response } from 'express';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import type { AppError } from '../../../../server/platform/errors.js';
import { receiveFile } from '../../../../server/platform/files/upload.js';

describe('receiving an upload', () => {
  let server: Server;
  let handled = 0;
  let report: (error: AppError) => void = () => undefined;

  beforeEach(async () => {
    handled = 0;
    const app = express();
    app.post('/', receiveFile('file', 1000), (req, res) => {
      handled += 1;
      res.json({ name: req.file?.originalname, size: req.file?.size, fields: req.body });
    });
    app.use((error: AppError, _req: Request, res: Response, _next: NextFunction) => {
      report(error);
      res.status(error.status).json({ key: error.key, values: error.values });
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('keeps a Chinese file name, the fields and the bytes', async () => {
    const answer = await supertest(server).post('/').field('day', '2026-11-24').attach('file', Buffer.alloc(1000), '花名册（代县）.xlsx');
    expect(answer.body).to.deep.equal({ name: '花名册（代县）.xlsx', size: 1000, fields: { day: '2026-11-24' } });
  });

  it('answers 413 to one byte too many, with the limit in megabytes', async () => {
    const answer = await supertest(server).post('/').attach('file', Buffer.alloc(1001), 'a.xlsx');
    expect([answer.status, answer.body.key]).to.deep.equal([413, 'files.tooBig']);
    expect(handled).to.equal(0);
  });

  it('answers 400 to a second file and to a file under another name', async () => {
    const second = await supertest(server).post('/').attach('file', Buffer.alloc(1), 'a').attach('file', Buffer.alloc(1), 'b');
    const other = await supertest(server).post('/').attach('other', Buffer.alloc(1), 'a');
    expect([second.status, other.status, handled]).to.deep.equal([400, 400, 0]);
  });

  it('never runs the handler for an upload that breaks off', async () => {
    const reported = new Promise<AppError>((resolve) => (report = resolve));
    const { port } = server.address() as AddressInfo;
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '900' };
    const half = request({ port, method: 'POST', headers });
    half.on('error', () => undefined);
    half.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nhalf', () => half.destroy());
    const error = await reported;
    expect([error.key, handled]).to.deep.equal(['files.interrupted', 0]);
  });
});
