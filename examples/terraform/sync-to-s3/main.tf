terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

# Everything goes to Sojourn: credentials, region and AWS_ENDPOINT_URL come from the environment.
provider "aws" {
  region                  = "us-east-1"
  s3_use_path_style       = true
  skip_metadata_api_check = true
  skip_region_validation  = true
}

variable "bucket" {
  type        = string
  default     = "my-bucket"
  description = "Where the workflow puts the files of src/."
}

resource "aws_iam_openid_connect_provider" "github_actions" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

# Any branch, tag, environment and pull request of one repository gets in: the widest that is still
# one repository. The other modules beside this one narrow it.
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github_actions.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:my-org/my-repo:*"]
    }
  }
}

# What `aws s3 sync` needs to send files: to list the bucket, and to write below src/.
data "aws_iam_policy_document" "sync" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.files.arn]
  }

  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.files.arn}/src/*"]
  }
}

resource "aws_s3_bucket" "files" {
  bucket = var.bucket
}

resource "aws_iam_role" "sync_to_s3" {
  name               = "sync-to-s3"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "sync" {
  name   = "sync"
  role   = aws_iam_role.sync_to_s3.name
  policy = data.aws_iam_policy_document.sync.json
}

# For `role-to-assume` in ../../workflows/sync-to-s3.yml.
output "role_arn" {
  value = aws_iam_role.sync_to_s3.arn
}
