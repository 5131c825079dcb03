/**
 * Services that AWS lists the Regions of, by the names that the lists have: the SSM public parameters below
 * /aws/service/global-infrastructure/services, as of 2026-11. A name that is missing here costs a warning.
 */
export const servicesWithRegions: ReadonlySet<string> = new Set(
  [
    'accessanalyzer account acm acm-pca amplify apigateway appconfig appflow application-autoscaling',
    'applicationinsights appmesh apprunner appstream appsync aps arc-zonal-shift artifact athena auditmanager',
    'aurora autoscaling autoscaling-plans backup batch bedrock braket budgets ce chatbot chime cleanrooms cloud9',
    'clouddirectory cloudformation cloudfront cloudhsm cloudhsmv2 cloudsearch cloudshell cloudtrail cloudwatch',
    'codeartifact codebuild codecatalyst codecommit codedeploy codepipeline cognito-identity cognito-idp',
    'cognito-sync comprehend comprehendmedical compute-optimizer config connect controltower cur databrew',
    'dataexchange datapipeline datasync datazone dax detective devicefarm devops-guru directconnect discovery dlm',
    'dms docdb drs ds dynamodb dynamodbstreams ebs ec2 ecr ecs efs eks elasticache elasticbeanstalk elb emr',
    'emr-containers emr-serverless entityresolution es events finspace firehose fis fms forecast fsx gamelift',
    'glacier globalaccelerator glue grafana greengrass groundstation guardduty health healthlake iam identitystore',
    'imagebuilder inspector inspector2 iot iotevents iotsitewise iottwinmaker ivs kafka kafkaconnect kendra kinesis',
    'kinesisanalytics kinesisvideo kms lakeformation lambda license-manager lightsail logs m2 macie2 mediaconnect',
    'mediaconvert medialive mediapackage mediastore mediatailor memorydb mgh mgn mq mwaa neptune network-firewall',
    'networkmanager omics opensearch organizations outposts panorama personalize pinpoint polly pricing proton qldb',
    'quicksight ram rds redshift rekognition resiliencehub resource-groups robomaker rolesanywhere route53',
    'route53domains route53resolver rum s3 sagemaker savingsplans scheduler schemas secretsmanager securityhub',
    'securitylake serverlessrepo servicecatalog servicediscovery servicequotas ses shield signer sms snowball sns',
    'sqs ssm sso stepfunctions storagegateway sts support swf synthetics textract timestream-write transcribe',
    'transfer translate verifiedpermissions vpc vpc-lattice waf waf-regional wafv2 wellarchitected workdocs',
    'workmail workspaces workspaces-web xray',
  ].flatMap((names) => names.split(' ')),
);

/** Names in AWS's lists of Regions for services that clients, IAM's actions or people call otherwise. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['amp', 'aps'],
  ['auto-scaling', 'autoscaling'],
  ['cloudwatch-events', 'events'],
  ['cloudwatch-logs', 'logs'],
  ['cognito-identity-provider', 'cognito-idp'],
  ['config-service', 'config'],
  ['cost-explorer', 'ce'],
  ['database-migration-service', 'dms'],
  ['directory-service', 'ds'],
  ['elastic-load-balancing', 'elb'],
  ['elastic-load-balancing-v2', 'elb'],
  ['elasticfilesystem', 'efs'],
  ['elasticloadbalancing', 'elb'],
  ['elasticmapreduce', 'emr'],
  ['elasticsearch-service', 'es'],
  ['elbv2', 'elb'],
  ['eventbridge', 'events'],
  ['image-builder', 'imagebuilder'],
  ['monitoring', 'cloudwatch'],
  ['msk', 'kafka'],
  ['sfn', 'stepfunctions'],
  ['states', 'stepfunctions'],
  ['systems-manager', 'ssm'],
]);

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Returns the listed name of a service that is called otherwise, such as `events` for `eventbridge`. */
export function nameInRegionLists(service: string): string | undefined {
  return otherNames.get(service) ?? [...servicesWithRegions].find((listed) => bare(listed) === bare(service));
}
