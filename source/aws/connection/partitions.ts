/**
 * Partitions of AWS, with separate accounts, endpoints and Regions. Source: the partition table in every SDK
 * client (`@aws-sdk/core`, partitions.json); a test compares the two.
 */
interface Partition {
  readonly name: string;
  /** Pattern of its Regions' names. */
  readonly regions: RegExp;
  /** The Region that account-wide requests are made in, signed for IAM, Account and public SSM parameters. */
  readonly globalRegion: string;
}

const commercial: Partition = {
  name: 'aws',
  regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  globalRegion: 'us-east-1',
};

const partitions: readonly Partition[] = [
  commercial,
  {name: 'aws-cn', regions: /^cn-\w+-\d+$/, globalRegion: 'cn-north-1'},
  {name: 'aws-us-gov', regions: /^us-gov-\w+-\d+$/, globalRegion: 'us-gov-west-1'},
  {name: 'aws-eusc', regions: /^eusc-\w+-\w+-\d+$/, globalRegion: 'eusc-de-east-1'},
  {name: 'aws-iso', regions: /^us-iso-\w+-\d+$/, globalRegion: 'us-iso-east-1'},
  {name: 'aws-iso-b', regions: /^us-isob-\w+-\d+$/, globalRegion: 'us-isob-east-1'},
  {name: 'aws-iso-e', regions: /^eu-isoe-\w+-\d+$/, globalRegion: 'eu-isoe-west-1'},
  {name: 'aws-iso-f', regions: /^us-isof-\w+-\d+$/, globalRegion: 'us-isof-south-1'},
];

/** The partition that a Region's name belongs to; `aws` for names that fit none, as the SDK has it. */
export function partitionOf(region: string): string {
  return (partitions.find(({regions}) => regions.test(region)) ?? commercial).name;
}

/** The Region of a partition's account-wide requests; us-east-1 for a partition that is not known. */
export function globalRegionOf(partition: string): string {
  return (partitions.find(({name}) => name === partition) ?? commercial).globalRegion;
}
