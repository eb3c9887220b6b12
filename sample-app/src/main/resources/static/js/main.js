import { openOffice } from './operator.js';
import { openShop } from './shopper.js';

openShop();
openOffice();
