# A user who leaves: destroyed with whatever has been given to them beside Terraform.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  skip_credentials_validation = true
}

resource "aws_iam_user" "leaving" {
  name          = "leaving"
  path          = "/people/"
  force_destroy = true
  tags          = { team = "ci" }
}

resource "aws_iam_group" "readers" {
  name = "readers"
}

resource "aws_iam_user_group_membership" "leaving" {
  user   = aws_iam_user.leaving.name
  groups = [aws_iam_group.readers.name]
}

resource "aws_iam_access_key" "leaving" {
  user = aws_iam_user.leaving.name
}

resource "aws_iam_user_policy" "list" {
  name = "list"
  user = aws_iam_user.leaving.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:ListBucket", Resource = "*" }]
  })
}
