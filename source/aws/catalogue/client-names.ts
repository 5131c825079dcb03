import {closestName} from '../../text/closest-name.ts';
import {serviceAliases} from './service-aliases.ts';

/** Clients of the AWS SDK: the part after `@aws-sdk/client-` of their packages' names, as of 2026-11. */
export const clientNames: ReadonlySet<string> = new Set(
  [
    'accessanalyzer account acm acm-pca aiops amp amplify amplifybackend amplifyuibuilder api-gateway',
    'apigatewaymanagementapi apigatewayv2 app-mesh appconfig appconfigdata appfabric appflow appintegrations',
    'application-auto-scaling application-discovery-service application-insights application-signals',
    'applicationcostprofiler apprunner appstream appsync arc-region-switch arc-zonal-shift artifact athena',
    'auditmanager auto-scaling auto-scaling-plans b2bi backup backup-gateway batch bcm-dashboards',
    'bcm-data-exports bcm-pricing-calculator bcm-recommended-actions bedrock bedrock-agent',
    'bedrock-agent-runtime bedrock-agentcore bedrock-agentcore-control bedrock-data-automation',
    'bedrock-data-automation-runtime bedrock-runtime billingconductor braket budgets chatbot chime',
    'chime-sdk-identity chime-sdk-media-pipelines chime-sdk-meetings chime-sdk-messaging chime-sdk-voice',
    'cleanrooms cleanroomsml cloud9 cloudcontrol clouddirectory cloudformation cloudfront',
    'cloudfront-keyvaluestore cloudhsm cloudhsm-v2 cloudsearch cloudsearch-domain cloudtrail cloudwatch',
    'cloudwatch-events cloudwatch-logs codeartifact codebuild codecatalyst codecommit codeconnections',
    'codedeploy codeguru-reviewer codeguru-security codeguruprofiler codepipeline codestar codestar-connections',
    'codestar-notifications cognito-identity cognito-identity-provider cognito-sync comprehend',
    'comprehendmedical compute-optimizer config-service connect connect-contact-lens connectcampaigns',
    'connectcampaignsv2 connectcases connectparticipant controlcatalog controltower',
    'cost-and-usage-report-service cost-explorer cost-optimization-hub customer-profiles data-pipeline',
    'database-migration-service databrew dataexchange datasync datazone dax deadline detective device-farm',
    'devops-guru direct-connect directory-service directory-service-data dlm docdb docdb-elastic drs dsql',
    'dynamodb dynamodb-streams ebs ec2 ec2-instance-connect ecr ecr-public ecs efs eks elastic-beanstalk',
    'elastic-inference elastic-load-balancing elastic-load-balancing-v2 elastic-transcoder elasticache',
    'elasticsearch-service elementalinference emr emr-containers emr-serverless entityresolution eventbridge',
    'evidently evs finspace firehose fis fms forecast forecastquery frauddetector freetier fsx gamelift',
    'gameliftstreams geo-maps geo-places geo-routes glacier global-accelerator glue grafana greengrass',
    'greengrassv2 groundstation guardduty health healthlake iam identitystore imagebuilder inspector',
    'inspector-scan inspector2 internetmonitor invoicing iot iot-1click-projects iot-data-plane iot-events',
    'iot-events-data iot-jobs-data-plane iot-managed-integrations iot-wireless iotanalytics iotdeviceadvisor',
    'iotfleethub iotfleetwise iotsecuretunneling iotsitewise iotthingsgraph iottwinmaker ivs ivs-realtime',
    'ivschat kafka kafkaconnect kendra keyspaces keyspacesstreams kinesis kinesis-analytics',
    'kinesis-analytics-v2 kinesis-video kinesis-video-archived-media kinesis-video-media',
    'kinesis-video-signaling kinesis-video-webrtc-storage kms lakeformation lambda launch-wizard',
    'lex-model-building-service lex-models-v2 lex-runtime-service lex-runtime-v2 license-manager',
    'license-manager-linux-subscriptions license-manager-user-subscriptions lightsail location lookoutequipment',
    'lookoutmetrics lookoutvision m2 machine-learning macie macie2 mailmanager managedblockchain',
    'managedblockchain-query marketplace-agreement marketplace-catalog marketplace-commerce-analytics',
    'marketplace-deployment marketplace-entitlement-service marketplace-metering marketplace-reporting',
    'mediaconnect mediaconvert medialive mediapackage mediapackage-vod mediapackagev2 mediastore',
    'mediastore-data mediatailor medical-imaging memorydb mgn migration-hub migration-hub-refactor-spaces',
    'migrationhub-config migrationhuborchestrator migrationhubstrategy mpa mq mturk mwaa neptune neptune-graph',
    'neptunedata network-firewall networkflowmonitor networkmanager networkmonitor notifications',
    'notificationscontacts oam observabilityadmin odb omics opensearch opensearchserverless opsworks opsworkscm',
    'organizations osis outposts panorama partnercentral-account partnercentral-benefits partnercentral-channel',
    'partnercentral-selling payment-cryptography pca-connector-ad pca-connector-scep pcs personalize',
    'personalize-events personalize-runtime pi pinpoint pinpoint-email pinpoint-sms-voice pinpoint-sms-voice-v2',
    'pipes polly pricing proton qapps qbusiness qconnect qldb qldb-session quicksight ram rbin rds rds-data',
    'redshift redshift-data redshift-serverless rekognition rekognitionstreaming repostspace resiliencehub',
    'resource-explorer-2 resource-groups resource-groups-tagging-api robomaker rolesanywhere route-53',
    'route-53-domains route53-recovery-cluster route53-recovery-control-config route53-recovery-readiness',
    'route53profiles route53resolver rum s3 s3-control s3outposts s3tables s3vectors sagemaker',
    'sagemaker-a2i-runtime sagemaker-edge sagemaker-featurestore-runtime sagemaker-geospatial sagemaker-metrics',
    'sagemaker-runtime savingsplans scheduler schemas secrets-manager security-ir securityhub securitylake',
    'serverlessapplicationrepository service-catalog service-catalog-appregistry service-quotas',
    'servicediscovery ses sesv2 sfn shield signer signer-data sms snow-device-management snowball sns',
    'socialmessaging sqs ssm ssm-contacts ssm-guiconnect ssm-incidents ssm-quicksetup ssm-sap sso sso-admin',
    'sso-oidc storage-gateway sts supplychain support support-app swf synthetics taxsettings textract',
    'timestream-influxdb timestream-query timestream-write tnb transcribe transcribe-streaming transfer',
    'translate trustedadvisor verifiedpermissions voice-id vpc-lattice waf waf-regional wafv2 wellarchitected',
    'wisdom workdocs worklink workmail workmailmessageflow workspaces workspaces-instances',
    'workspaces-thin-client workspaces-web xray',
  ].flatMap((names) => names.split(' ')),
);

/** Returns whether the AWS SDK has a client of this name. */
export function isClientName(name: string): boolean {
  return clientNames.has(name);
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Returns the client of a service by another common name, such as `eventbridge` for `events`. */
export function clientOtherwiseCalled(name: string): string | undefined {
  const same = [...clientNames].find((client) => bare(client) === bare(name));
  return same ?? [...serviceAliases].find(([other]) => bare(other) === bare(name))?.[1];
}

/** Returns the client whose name is mistyped. Short names are all alike: one letter too many is a mistake there. */
export function clientMistyped(name: string): string | undefined {
  return name.length < 4 ? undefined : closestName(name, clientNames);
}
