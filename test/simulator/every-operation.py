"""Calls every operation of the simulator with boto3 and prints, as JSON, whether each answer had what it must have."""

import base64
import json
import sys
import time

import boto3
from botocore.config import Config

endpoint, key, secret = sys.argv[1:4]
config = Config(retries={"max_attempts": 0}, parameter_validation=True)
results = {}


def client(service, region="us-east-1", **keys):
    keys = keys or {"aws_access_key_id": key, "aws_secret_access_key": secret}
    return boto3.client(service, endpoint_url=endpoint, region_name=region, config=config, **keys)


def check(name, call, member, **parameters):
    """Calls, and notes `ok` or what was wrong. Returns the answer."""
    try:
        answer = call(**parameters)
        results[name] = "ok" if member is None or member in answer else f"no {member}: {sorted(answer)}"
        return answer
    except Exception as error:  # the test shows it
        results[name] = repr(error)
        return {}


account, ssm, iam = client("account"), client("ssm"), client("iam")
images = client("imagebuilder", "eu-west-1")
role = "AWSServiceRoleForImageBuilder"
policy = f"arn:aws:iam::aws:policy/aws-service-role/{role}"
pipeline = "arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/nightly"
build = "arn:aws:imagebuilder:eu-west-1:123456789012:image/nightly/1.0.0/1"

organizations = client("organizations")
check("organizations:DescribeOrganization", organizations.describe_organization, "Organization")
check("organizations:ListAccounts", organizations.list_accounts, "Accounts")
check("organizations:DescribeAccount", organizations.describe_account, "Account", AccountId="012345678901")
root = check("organizations:ListRoots", organizations.list_roots, "Roots")["Roots"][0]["Id"]
units = check(
    "organizations:ListOrganizationalUnitsForParent",
    organizations.list_organizational_units_for_parent,
    "OrganizationalUnits",
    ParentId=root,
)["OrganizationalUnits"]
check(
    "organizations:ListAccountsForParent",
    organizations.list_accounts_for_parent,
    "Accounts",
    ParentId=units[0]["Id"],
)
check("organizations:ListParents", organizations.list_parents, "Parents", ChildId="012345678901")
check("organizations:ListTagsForResource", organizations.list_tags_for_resource, "Tags", ResourceId="012345678901")
check("sts:GetCallerIdentity", client("sts").get_caller_identity, "Account")
check(
    "sts:AssumeRole",
    client("sts").assume_role,
    "Credentials",
    RoleArn="arn:aws:iam::123456789012:role/ops",
    RoleSessionName="boto3",
)
claims = json.dumps({"iss": "https://id.example", "sub": "boto3", "exp": time.time() + 60}).encode()
check(
    "sts:AssumeRoleWithWebIdentity",
    client("sts").assume_role_with_web_identity,
    "Credentials",
    RoleArn="arn:aws:iam::123456789012:role/ops",
    RoleSessionName="boto3",
    WebIdentityToken=f"e30.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.signature",
)
check("account:ListRegions", account.list_regions, "Regions")
path = "/aws/service/global-infrastructure/services/imagebuilder/regions"
check("ssm:GetParametersByPath", ssm.get_parameters_by_path, "Parameters", Path=path)
check("ssm:GetCalendarState", ssm.get_calendar_state, "State", CalendarNames=["nights"])
events = client("events", "eu-west-1")
check("events:ListRuleNamesByTarget", events.list_rule_names_by_target, "RuleNames", TargetArn=pipeline)
check("events:ListRules", events.list_rules, "Rules")
check("events:ListTargetsByRule", events.list_targets_by_rule, "Targets", Rule="on-commit")
check("iam:ListAccountAliases", iam.list_account_aliases, "AccountAliases")
check("iam:GetRole", iam.get_role, "Role", RoleName=role)
check("iam:UpdateRole", iam.update_role, None, RoleName=role, Description="by boto3")
check("iam:ListAttachedRolePolicies", iam.list_attached_role_policies, "AttachedPolicies", RoleName=role)
check("iam:GetPolicy", iam.get_policy, "Policy", PolicyArn=policy)
check("iam:GetPolicyVersion", iam.get_policy_version, "PolicyVersion", PolicyArn=policy, VersionId="v1")
check(
    "iam:SimulatePrincipalPolicy",
    iam.simulate_principal_policy,
    "EvaluationResults",
    PolicySourceArn="arn:aws:iam::123456789012:role/ops",
    ActionNames=["iam:DeleteServiceLinkedRole"],
)
check("imagebuilder:ListImages", images.list_images, "imageVersionList", owner="Self")
check("imagebuilder:ListImageBuildVersions", images.list_image_build_versions, "imageSummaryList",
      imageVersionArn=build.rsplit("/", 1)[0])
check("imagebuilder:GetImage", images.get_image, "image", imageBuildVersionArn=build)
check("imagebuilder:ListWaitingWorkflowSteps", images.list_waiting_workflow_steps, "steps")
check("imagebuilder:CancelImageCreation", images.cancel_image_creation, "imageBuildVersionArn",
      imageBuildVersionArn=build)
check("imagebuilder:ListImagePipelines", images.list_image_pipelines, "imagePipelineList")
found = check("imagebuilder:GetImagePipeline", images.get_image_pipeline, "imagePipeline",
              imagePipelineArn=pipeline)
members = found.get("imagePipeline", {})
check(
    "imagebuilder:UpdateImagePipeline",
    images.update_image_pipeline,
    "imagePipelineArn",
    imagePipelineArn=pipeline,
    imageRecipeArn=members.get("imageRecipeArn", ""),
    infrastructureConfigurationArn=members.get("infrastructureConfigurationArn", ""),
)
started = check("imagebuilder:StartImagePipelineExecution", images.start_image_pipeline_execution,
                "imageBuildVersionArn", imagePipelineArn=pipeline)
images.cancel_image_creation(imageBuildVersionArn=started["imageBuildVersionArn"])
check("imagebuilder:DeleteImagePipeline", images.delete_image_pipeline, "imagePipelineArn",
      imagePipelineArn=pipeline)
task = check("iam:DeleteServiceLinkedRole", iam.delete_service_linked_role, "DeletionTaskId", RoleName=role)
check("iam:GetServiceLinkedRoleDeletionStatus", iam.get_service_linked_role_deletion_status, "Status",
      DeletionTaskId=task.get("DeletionTaskId", "missing"))
while iam.get_service_linked_role_deletion_status(**{"DeletionTaskId": task["DeletionTaskId"]})["Status"] in (
    "NOT_STARTED",
    "IN_PROGRESS",
):
    time.sleep(0.01)
check("iam:CreateServiceLinkedRole", iam.create_service_linked_role, "Role",
      AWSServiceName="imagebuilder.amazonaws.com")

json.dump(results, sys.stdout)
