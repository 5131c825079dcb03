import {z} from 'zod';
import * as arn from './arn-patterns.ts';

const text = z.string().min(1).max(1024);

const schedule = z.object({
  scheduleExpression: text.optional(),
  timezone: z
    .string()
    .min(3)
    .max(100)
    .regex(/[a-zA-Z0-9]{2,}(?:\/[a-zA-Z0-9-_+]+)*/)
    .optional(),
  pipelineExecutionStartCondition: z
    .enum(['EXPRESSION_MATCH_ONLY', 'EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE'])
    .optional(),
  autoDisablePolicy: z.object({failureCount: z.int().min(1).max(10)}).optional(),
});

const workflow = z.object({
  workflowArn: z.string().regex(arn.workflowArn),
  parameters: z
    .array(z.object({name: z.string().min(1).max(128), value: z.array(z.string())}))
    .min(1)
    .optional(),
  parallelGroup: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-_+#]{0,99}$/)
    .optional(),
  onFailure: z.enum(['CONTINUE', 'ABORT']).optional(),
});

const logGroup = z.string().regex(/^[a-zA-Z0-9\-_/.]{1,512}$/);

/** An Image Builder tag map: 1 to 50 tags, none of them AWS's own. */
export const tagMap = z
  .record(
    z
      .string()
      .min(1)
      .max(128)
      .regex(/^(?!aws:)[a-zA-Z0-9\s_.:/=+\-@]*$/),
    z.string().max(256),
  )
  .refine((tags) => Object.keys(tags).length > 0, 'Map must have length greater than or equal to 1')
  .refine((tags) => Object.keys(tags).length <= 50, 'Map must have length less than or equal to 50');

/** Every member that UpdateImagePipeline writes, with the limits of the API model (imagebuilder 2019-12-02). */
export const pipelineMembers = z
  .object({
    description: text.optional(),
    imageRecipeArn: z.string().regex(arn.imageRecipeArn).optional(),
    containerRecipeArn: z.string().regex(arn.containerRecipeArn).optional(),
    infrastructureConfigurationArn: z.string().regex(arn.infrastructureConfigurationArn),
    distributionConfigurationArn: z.string().regex(arn.distributionConfigurationArn).optional(),
    imageTestsConfiguration: z
      .object({
        imageTestsEnabled: z.boolean().optional(),
        timeoutMinutes: z.int().min(60).max(1440).optional(),
      })
      .optional(),
    enhancedImageMetadataEnabled: z.boolean().optional(),
    schedule: schedule.optional(),
    status: z.enum(['ENABLED', 'DISABLED']).optional(),
    imageScanningConfiguration: z
      .object({
        imageScanningEnabled: z.boolean().optional(),
        ecrConfiguration: z
          .object({repositoryName: text.optional(), containerTags: z.array(text).optional()})
          .optional(),
      })
      .optional(),
    // The model gives this list no minimum; the facts found on AWS say that empty lists are refused.
    workflows: z.array(workflow).min(1).optional(),
    loggingConfiguration: z
      .object({imageLogGroupName: logGroup.optional(), pipelineLogGroupName: logGroup.optional()})
      .optional(),
    executionRole: z
      .string()
      .max(2048)
      .regex(/^(?:arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/)?[a-zA-Z_0-9+=,.@\-_/]+$/)
      .optional(),
    imageTags: tagMap.optional(),
  })
  .refine(
    (members) => (members.imageRecipeArn === undefined) !== (members.containerRecipeArn === undefined),
    'exactly one of imageRecipeArn and containerRecipeArn must be given',
  );

export type PipelineMembers = z.infer<typeof pipelineMembers>;
