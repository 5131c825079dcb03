#!/usr/bin/env bash
# The removal as an operator would script it with the AWS CLI: removal.sh [PROCESSES AT A TIME], 1 when left out.
set -euo pipefail
here=$(dirname "$0")
many=${1:-1}
role=AWSServiceRoleForImageBuilder
each() { xargs -r -P "$many" -L 1 "$here/region.sh" "$@"; }

aws sts get-caller-identity --query Arn --output text
regions=$(aws account list-regions --query 'Regions[?RegionOptStatus!=`DISABLED`].RegionName' --output text | tr '\t' '\n')
aws iam get-role --role-name "$role" >/dev/null
found=$(printf '%s\n' "$regions" | each look)
printf '%s\n' "$found" | awk '$2 == "build" {print $1, $3}' | each cancel
printf '%s\n' "$found" | awk '$2 == "pipeline" {print $1, $3}' | each manual
printf '%s\n' "$regions" | each quiet
task=$(aws iam delete-service-linked-role --role-name "$role" --query DeletionTaskId --output text)
while :; do
  status=$(aws iam get-service-linked-role-deletion-status --deletion-task-id "$task" --query Status --output text)
  case $status in SUCCEEDED) break ;; FAILED) echo 'the deletion failed' >&2; exit 1 ;; esac
  sleep 0.01
done
echo deleted
