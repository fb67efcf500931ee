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

resource "aws_iam_openid_connect_provider" "github_actions" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

# Any repository of the organization gets in while the organization belongs to this GitHub enterprise:
# repositories come and go without a change here. `sub` stays required; the enterprise alone is refused.
resource "aws_iam_role" "github_actions_deploy" {
  name = "github-actions-deploy"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Federated = aws_iam_openid_connect_provider.github_actions.arn
        }
        Action = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "token.actions.githubusercontent.com:aud"           = "sts.amazonaws.com"
            "token.actions.githubusercontent.com:enterprise_id" = "345"
          }
          StringLike = {
            "token.actions.githubusercontent.com:sub" = "repo:my-org/*"
          }
        }
      }
    ]
  })
}
