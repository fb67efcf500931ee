# One module of everything that is tricky between the AWS provider and IAM, Organizations or S3.
#
# `stage` goes 1, 2, 3: made, changed, taken away again. Only the alias and the attachment of a control policy
# are replaced on the way, and a plan after each apply shows no difference. Settings that change are written
# `[made, changed, gone][local.at]`.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "stage" {
  type = number
}

locals {
  at = var.stage - 1
}

# Credentials, region and AWS_ENDPOINT_URL come from the environment.
provider "aws" {
  region                  = "us-east-1"
  s3_use_path_style       = true
  skip_metadata_api_check = true
  skip_region_validation  = true

  default_tags {
    tags = { managed-by = "terraform" }
  }
}

data "aws_caller_identity" "current" {}

data "aws_canonical_user_id" "current" {}
