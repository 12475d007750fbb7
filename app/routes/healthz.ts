// GET /healthz: the process is alive and answers. Asks nothing of anything else, so that an outage elsewhere does not restart it.

export function loader(): Response {
  return Response.json({ status: 'alive' }, { headers: { 'Cache-Control': 'no-store' } });
}
