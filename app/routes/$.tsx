// Addresses that no other route answers. The root's error page says so, with status 404.

function notFound(): never {
  throw new Response(null, { status: 404 });
}

export const loader = notFound;
export const action = notFound;

/** Never rendered: a route without a component would answer with an empty body instead of a page. */
export default function NotFound() {
  return null;
}
