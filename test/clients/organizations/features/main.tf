terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

# Credentials, region and AWS_ENDPOINT_URL come from the environment: root of the management account.
provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
  skip_region_validation  = true
}

variable "feature_set" {
  type = string
}

# An organization that begins with consolidated billing and gets all features later.
resource "aws_organizations_organization" "this" {
  feature_set = var.feature_set
}
