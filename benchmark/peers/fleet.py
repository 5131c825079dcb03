"""The removal in every account of an organization as an operator would script it with boto3: 100 threads, an account each.

One pass, no journal, no look ahead of the changes, no brake. A session for each account, by the role of its own; in each
Region all builds and pipelines, page by page. Fails loudly when a role is left.
"""
import os
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

ROLE = "AWSServiceRoleForImageBuilder"
DOOR = "OrganizationAccountAccessRole"
FINAL = {"AVAILABLE", "CANCELLED", "FAILED", "DEPRECATED", "DELETED", "DISABLED"}
CARRIED = (
    "description imageRecipeArn containerRecipeArn infrastructureConfigurationArn distributionConfigurationArn "
    "imageTestsConfiguration enhancedImageMetadataEnabled status imageScanningConfiguration workflows executionRole "
    "loggingConfiguration imageTags"
).split()
config = Config(max_pool_connections=120)
base = boto3.Session()
making = threading.Lock()
WAIT = float(os.environ.get("PEER_WAIT", "0.01"))
INSPECT = os.environ.get("PEER_INSPECT") == "1"


def pages(call, token_in, token_out, member, **given):
    answer = call(**given)
    items = list(answer.get(member, []))
    while answer.get(token_out):
        answer = call(**given, **{token_in: answer[token_out]})
        items += answer.get(member, [])
    return items


def running(builder):
    builds = pages(builder.list_image_build_versions, "nextToken", "nextToken", "imageSummaryList")
    return [build["arn"] for build in builds if build["state"]["status"] not in FINAL]


def scheduled(builder):
    found = pages(builder.list_image_pipelines, "nextToken", "nextToken", "imagePipelineList")
    return [pipeline["arn"] for pipeline in found if "schedule" in pipeline]


def stop(builder):
    for arn in running(builder):
        builder.cancel_image_creation(imageBuildVersionArn=arn, clientToken=str(uuid.uuid4()))
    for arn in scheduled(builder):
        before = builder.get_image_pipeline(imagePipelineArn=arn)["imagePipeline"]
        kept = {name: before[name] for name in CARRIED if before.get(name) not in (None, "", [], {})}
        builder.update_image_pipeline(imagePipelineArn=arn, clientToken=str(uuid.uuid4()), **kept)
    while running(builder):
        time.sleep(WAIT)


def visit(account):
    keys = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{DOOR}", RoleSessionName="peer")["Credentials"]
    with making:
        session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], "us-east-1")
        iam = session.client("iam", config=config)
        lister = session.client("account", config=config)
    opted = pages(lister.list_regions, "NextToken", "NextToken", "Regions", MaxResults=50)
    regions = [one["RegionName"] for one in opted if one["RegionOptStatus"] != "DISABLED"]
    iam.get_role(RoleName=ROLE)
    for region in regions:
        with making:
            builder = session.client("imagebuilder", region_name=region, config=config)
        if INSPECT:
            running(builder), scheduled(builder)
        else:
            stop(builder)
    if INSPECT:
        return
    task = iam.delete_service_linked_role(RoleName=ROLE)["DeletionTaskId"]
    while True:
        status = iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"]
        if status == "SUCCEEDED":
            return
        if status == "FAILED":
            raise SystemExit(f"{account}: the role is left")
        time.sleep(WAIT)


sts = base.client("sts", config=config)
listed = base.client("organizations", config=config)
own = sts.get_caller_identity()["Account"]
accounts = [one["Id"] for one in pages(listed.list_accounts, "NextToken", "NextToken", "Accounts") if one["Id"] != own]
with ThreadPoolExecutor(100) as pool:
    list(pool.map(visit, accounts))
print(len(accounts), "accounts")
