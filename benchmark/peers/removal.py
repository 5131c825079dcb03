"""The removal as an operator would script it with boto3: a thread for each Region, one pass, no journal.

Pages are read to the end, a pipeline is written back with every member that the write accepts, and the schedule left
out. After a failed deletion it starts over. Prints what it did; fails loudly when a schedule is left. PEER_WAIT is its
pause between two polls, in seconds.
"""
import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

ROLE = "AWSServiceRoleForImageBuilder"
FINAL = {"AVAILABLE", "CANCELLED", "FAILED", "DEPRECATED", "DELETED", "DISABLED"}
CARRIED = (
    "description imageRecipeArn containerRecipeArn infrastructureConfigurationArn distributionConfigurationArn "
    "imageTestsConfiguration enhancedImageMetadataEnabled status imageScanningConfiguration workflows executionRole "
    "loggingConfiguration imageTags"
).split()
config = Config(max_pool_connections=40)
session = boto3.Session()
WAIT = float(os.environ.get("PEER_WAIT", "0.01"))


def client(service, region="us-east-1"):
    return session.client(service, region_name=region, config=config)


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


def look(builder):
    return running(builder), scheduled(builder)


def stop(task):
    builder, builds, pipelines = task
    for arn in builds:
        builder.cancel_image_creation(imageBuildVersionArn=arn, clientToken=str(uuid.uuid4()))
    for arn in pipelines:
        before = builder.get_image_pipeline(imagePipelineArn=arn)["imagePipeline"]
        kept = {name: before[name] for name in CARRIED if before.get(name) not in (None, "", [], {})}
        builder.update_image_pipeline(imagePipelineArn=arn, clientToken=str(uuid.uuid4()), **kept)
    while running(builder):
        time.sleep(WAIT)
    if scheduled(builder):
        raise SystemExit("a schedule is left")


iam = client("iam")
print(client("sts").get_caller_identity()["Arn"])
opted = pages(
    client("account").list_regions, "NextToken", "NextToken", "Regions", MaxResults=50
)
regions = [one["RegionName"] for one in opted if one["RegionOptStatus"] != "DISABLED"]
iam.get_role(RoleName=ROLE)
with ThreadPoolExecutor(34) as pool:
    # One after the other: making a client is not safe in several threads.
    builders = [client("imagebuilder", region) for region in regions]
    status = "FAILED"
    while status == "FAILED":
        found = list(pool.map(look, builders))
        tasks = [(builder, *uses) for builder, uses in zip(builders, found)]
        print(sum(len(uses[0]) for uses in found), "builds,", sum(len(uses[1]) for uses in found), "schedules")
        list(pool.map(stop, tasks))
        task = iam.delete_service_linked_role(RoleName=ROLE)["DeletionTaskId"]
        while True:
            status = iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"]
            if status in ("SUCCEEDED", "FAILED"):
                break
            time.sleep(WAIT)
print("deleted")
