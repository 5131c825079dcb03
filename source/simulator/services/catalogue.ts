import {account} from './account.ts';
import {events} from './events.ts';
import {iam} from './iam/service.ts';
import {imagebuilder} from './imagebuilder/service.ts';
import {organizations} from './organizations.ts';
import type {Service} from './service.ts';
import {ssm} from './ssm.ts';
import {sts} from './sts.ts';

/** Every simulated service, by the name that requests are signed for. */
export const services: ReadonlyMap<string, Service> = new Map(
  Object.entries({account, events, iam, imagebuilder, organizations, ssm, sts}),
);
