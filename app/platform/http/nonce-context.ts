// Hands the nonce of a response to the components that write script tags. Empty in the browser, where the first scripts
// have run already and vouch for the ones they load (strict-dynamic).
import { createContext } from 'react';

export const NonceContext = createContext<string | undefined>(undefined);
