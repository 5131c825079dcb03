import {pair, signed, type Operation, type Row} from './row.ts';

const inIreland = 'region = eu-west-1\n';

/** The services of the shipped runbooks and of the program itself: where each is asked, and for which Region it is signed. */
const places: readonly {
  readonly operation: Operation;
  readonly what: string;
  readonly settings: string;
  readonly region: string;
  readonly host: string;
}[] = [
  ...everySetting('sts:GetCallerIdentity', 'eu-west-1', [
    'sts.eu-west-1.amazonaws.com',
    'sts-fips.eu-west-1.amazonaws.com',
    'sts.eu-west-1.api.aws',
  ]),
  ...everySetting('iam:ListAccountAliases', 'us-east-1', [
    'iam.amazonaws.com',
    'iam-fips.amazonaws.com',
    'iam.global.api.aws',
  ]),
  ...everySetting('account:ListRegions', 'us-east-1', [
    'account.us-east-1.amazonaws.com',
    'account-fips.us-east-1.amazonaws.com',
    'account.us-east-1.api.aws',
  ]),
  ...everySetting('ssm:GetParametersByPath', 'eu-west-1', [
    'ssm.eu-west-1.amazonaws.com',
    'ssm-fips.eu-west-1.amazonaws.com',
    'ssm.eu-west-1.api.aws',
  ]),
  ...everySetting('eventbridge:ListRules', 'eu-west-1', [
    'events.eu-west-1.amazonaws.com',
    'events-fips.eu-west-1.amazonaws.com',
    'events.eu-west-1.api.aws',
  ]),
  ...everySetting('organizations:DescribeOrganization', 'us-east-1', [
    'organizations.us-east-1.amazonaws.com',
    'organizations-fips.us-east-1.amazonaws.com',
    'organizations.us-east-1.api.aws',
  ]),
  china('iam:ListAccountAliases', 'iam.cn-north-1.amazonaws.com.cn'),
  china('account:ListRegions', 'account.cn-northwest-1.amazonaws.com.cn', 'cn-northwest-1'),
  china(
    'organizations:DescribeOrganization',
    'organizations.cn-northwest-1.amazonaws.com.cn',
    'cn-northwest-1',
  ),
  china('sts:GetCallerIdentity', 'sts.cn-north-1.amazonaws.com.cn'),
];

function everySetting(
  operation: Operation,
  region: string,
  [usual, fips, dual]: readonly [string, string, string],
): typeof places {
  return [
    {operation, what: 'region of the profile', settings: inIreland, region, host: usual},
    {
      operation,
      what: 'use_fips_endpoint',
      settings: `${inIreland}use_fips_endpoint = true\n`,
      region,
      host: fips,
    },
    {
      operation,
      what: 'use_dualstack_endpoint',
      settings: `${inIreland}use_dualstack_endpoint = true\n`,
      region,
      host: dual,
    },
    {
      operation,
      what: 'endpoint_url',
      settings: `${inIreland}endpoint_url = https://all.example.com\n`,
      region: 'eu-west-1',
      host: 'all.example.com',
    },
  ];
}

function china(operation: Operation, host: string, region = 'cn-north-1'): (typeof places)[number] {
  return {operation, what: 'a Region in China', settings: 'region = cn-north-1\n', region, host};
}

const signingName: Partial<Record<Operation, string>> = {'eventbridge:ListRules': 'events'};

export const services: readonly Row[] = places.map(({operation, what, settings, region, host}) => ({
  source: `\`${operation}\``,
  setting: what,
  env: {},
  config: `[profile p]\n${pair('P')}${settings}`,
  credentials: '',
  profile: 'p',
  operation,
  expected: [signed('AKIAP', signingName[operation] ?? operation.split(':')[0] ?? '', region, host)],
}));
