import {restJson} from '../../protocols/rest-json.ts';
import type {Operation, Service} from '../service.ts';
import {
  cancelImageCreation,
  getImage,
  listImageBuildVersions,
  listImages,
  listWaitingWorkflowSteps,
} from './images.ts';
import {
  deleteImagePipeline,
  getImagePipeline,
  listImagePipelines,
  startImagePipelineExecution,
  updateImagePipeline,
} from './pipelines.ts';

export const imagebuilder: Service = {
  protocol: restJson({
    ListImages: 'POST /ListImages',
    ListImageBuildVersions: 'POST /ListImageBuildVersions',
    GetImage: 'GET /GetImage',
    CancelImageCreation: 'PUT /CancelImageCreation',
    ListWaitingWorkflowSteps: 'POST /ListWaitingWorkflowSteps',
    ListImagePipelines: 'POST /ListImagePipelines',
    GetImagePipeline: 'GET /GetImagePipeline',
    UpdateImagePipeline: 'PUT /UpdateImagePipeline',
    DeleteImagePipeline: 'DELETE /DeleteImagePipeline',
    StartImagePipelineExecution: 'PUT /StartImagePipelineExecution',
  }),
  operations: {
    ListImages: withRequestId(listImages),
    ListImageBuildVersions: withRequestId(listImageBuildVersions),
    GetImage: withRequestId(getImage),
    CancelImageCreation: withRequestId(cancelImageCreation),
    // The one answer whose model has no requestId.
    ListWaitingWorkflowSteps: listWaitingWorkflowSteps,
    ListImagePipelines: withRequestId(listImagePipelines),
    GetImagePipeline: withRequestId(getImagePipeline),
    UpdateImagePipeline: withRequestId(updateImagePipeline),
    DeleteImagePipeline: withRequestId(deleteImagePipeline),
    StartImagePipelineExecution: withRequestId(startImagePipelineExecution),
  },
  errors: {
    throttle: ['CallRateLimitExceededException', 429],
    serviceUnavailable: ['ServiceUnavailableException', 503],
    internalError: ['ServiceException', 500],
    accessDenied: 'AccessDeniedException',
    expiredToken: 'ExpiredTokenException',
    unrecognizedClient: 'UnrecognizedClientException',
    clockSkew: 'InvalidSignatureException',
  },
  regional: true,
};

function withRequestId(operation: Operation): Operation {
  return (call) => ({requestId: call.requestId, ...operation(call)});
}
