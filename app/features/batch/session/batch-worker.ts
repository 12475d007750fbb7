/** The thread in which a guest's list is read and computed: the file never leaves his machine, and the page answers while it is read. */
import { loadEngine } from '#app/platform/engine-in-browser.ts';
import { sourceOfBlob } from '../reading/file-source.ts';
import type { FromWorker, ToWorker } from './batch-messages.ts';
import { createBatchSession } from './batch-session.ts';

const scope = self as unknown as {
  addEventListener: (type: 'message', listener: (event: MessageEvent<ToWorker>) => void) => void;
  postMessage: (message: FromWorker) => void;
};

const session = createBatchSession(loadEngine, (progress) => scope.postMessage({ kind: 'progress', progress }));
// While the file is chosen and read there is time for it.
loadEngine().catch(() => undefined);

async function answer(message: ToWorker): Promise<unknown> {
  switch (message.name) {
    case 'open': {
      const [file, name, choice, cnyPerUsd] = message.args;
      return session.open(sourceOfBlob(file, name), choice, cnyPerUsd);
    }
    case 'read':
      return session.read(...message.args);
    case 'cancel':
      return session.cancel();
    case 'compute':
      return session.compute(...message.args);
    case 'group':
      return session.group(...message.args);
    case 'advise':
      return session.advise(...message.args);
    case 'order':
      return session.order(...message.args);
    case 'rows':
      return session.rows(...message.args);
    case 'row':
      return session.row(...message.args);
    case 'errors':
      return session.errors();
    case 'fleet':
      return session.fleet();
    case 'exportFile':
      return session.exportFile(...message.args);
  }
}

scope.addEventListener('message', ({ data }) => {
  answer(data).then(
    (value) => scope.postMessage({ kind: 'answer', id: data.id, value }),
    (error: unknown) => scope.postMessage({ kind: 'failed', id: data.id, reason: String(error) }),
  );
});
