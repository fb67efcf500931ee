# Terraform as the CI job itself: no key, only AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                  = "us-east-1"
  s3_use_path_style       = true
  skip_metadata_api_check = true
  skip_region_validation  = true
}

data "aws_caller_identity" "job" {}

# The role behind the session: its path is not in the session's ARN and has to be asked for.
data "aws_iam_session_context" "job" {
  arn = data.aws_caller_identity.job.arn
}

resource "aws_s3_object" "made" {
  bucket  = "files-of-everything"
  key     = "job/made.txt"
  content = "made by a job"
  tags    = { by = "job" }
}

output "caller" {
  value = data.aws_caller_identity.job.arn
}

output "role" {
  value = data.aws_iam_session_context.job.issuer_arn
}
