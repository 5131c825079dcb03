#!/usr/bin/env bash
# One Region with the AWS CLI. `region.sh look REGION` prints what uses the role, `region.sh stop REGION` stops it.
set -euo pipefail
final='["AVAILABLE","CANCELLED","FAILED","DEPRECATED","DELETED","DISABLED"]'
running() {
  aws imagebuilder list-image-build-versions --region "$1" --output text \
    --query "imageSummaryList[?!contains(\`$final\`, state.status)].arn" | tr '\t' '\n'
}
scheduled() {
  aws imagebuilder list-image-pipelines --region "$1" --output text \
    --query 'imagePipelineList[?schedule].arn' | tr '\t' '\n'
}
region=$2
case $1 in
  look)
    running "$region" | sed "s/^./$region build &/; /^$/d"
    scheduled "$region" | sed "s/^./$region pipeline &/; /^$/d"
    ;;
  cancel)
    aws imagebuilder cancel-image-creation --region "$region" --image-build-version-arn "$3" >/dev/null
    ;;
  manual)
    # Every member that the write accepts is carried over, except the schedule.
    input=$(aws imagebuilder get-image-pipeline --region "$region" --image-pipeline-arn "$3" --output json |
      jq -c '.imagePipeline | {imagePipelineArn: .arn, description, imageRecipeArn, containerRecipeArn,
        infrastructureConfigurationArn, distributionConfigurationArn, imageTestsConfiguration,
        enhancedImageMetadataEnabled, status, imageScanningConfiguration, workflows, executionRole,
        loggingConfiguration, imageTags} | with_entries(select(.value != null and .value != ""))')
    aws imagebuilder update-image-pipeline --region "$region" --cli-input-json "$input" >/dev/null
    ;;
  quiet)
    while [ -n "$(running "$region")" ]; do sleep 0.01; done
    [ -z "$(scheduled "$region")" ] || { echo "a schedule is left in $region" >&2; exit 1; }
    ;;
esac
