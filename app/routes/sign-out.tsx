// POST /sign-out: ends the session of this browser. GET changes nothing and leads to the calculator.
import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { signOut } from '#app/features/accounts/own/own-pages.server.ts';
import { PATHS } from '#app/paths.ts';

export function loader() {
  return redirect(PATHS.calculator);
}

export function action(args: ActionFunctionArgs) {
  return signOut(args);
}

export default function SignOut() {
  return null;
}
