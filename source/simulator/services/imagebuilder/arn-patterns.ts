/**
 * The ARN patterns of the Image Builder API model (imagebuilder 2019-12-02), word for word.
 *
 * A build version ARN ends in a build number: an image-pipeline ARN, which the newer AWS page passes to
 * CancelImageCreation, does not match it.
 */
const owner = '(?:[0-9]{12}|aws(?:-[a-z-]+)?)';
const plainOwner = '(?:[0-9]{12}|aws)';
const start = 'arn:aws[^:]*:imagebuilder:[^:]+';
const version = '(?:[0-9]+|x)\\.(?:[0-9]+|x)\\.(?:[0-9]+|x)';

export const imageVersionArn = new RegExp(`^${start}:${owner}:image/[a-z0-9-_]+/[0-9]+\\.[0-9]+\\.[0-9]+$`);
export const imageBuildVersionArn = new RegExp(
  `^${start}:${owner}:image/[a-z0-9-_]+/[0-9]+\\.[0-9]+\\.[0-9]+/[0-9]+$`,
);
export const imageVersionOrBuildArn = new RegExp(
  `^${start}:${owner}:image/[a-z0-9-_]+/(?:(?:${version})|(?:[0-9]+\\.[0-9]+\\.[0-9]+/[0-9]+))$`,
);
export const imagePipelineArn = new RegExp(`^${start}:${plainOwner}:image-pipeline/[a-z0-9-_]+$`);
export const imageRecipeArn = new RegExp(`^${start}:${plainOwner}:image-recipe/[a-z0-9-_]+/${version}$`);
export const containerRecipeArn = new RegExp(
  `^${start}:${plainOwner}:container-recipe/[a-z0-9-_]+/${version}$`,
);
export const infrastructureConfigurationArn = new RegExp(
  `^${start}:${plainOwner}:infrastructure-configuration/[a-z0-9-_]+$`,
);
export const distributionConfigurationArn = new RegExp(
  `^${start}:${plainOwner}:distribution-configuration/[a-z0-9-_]+$`,
);
export const workflowArn = new RegExp(
  `^arn:aws(?:-[a-z]+)*:imagebuilder:[a-z]{2,}(?:-[a-z]+)+-[0-9]+:${owner}:workflow/(build|test|distribution)/[a-z0-9-_]+/(?:(?:${version})|(?:[0-9]+\\.[0-9]+\\.[0-9]+/[0-9]+))$`,
);
