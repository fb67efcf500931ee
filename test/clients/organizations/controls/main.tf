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

variable "repository" {
  type    = string
  default = "my-org/my-repo"
}

variable "effect_on_secrets" {
  type    = string
  default = "Deny"
}

variable "services" {
  type    = list(string)
  default = ["cloudtrail.amazonaws.com", "sso.amazonaws.com"]
}

resource "aws_organizations_organization" "this" {
  feature_set          = "ALL"
  enabled_policy_types = ["RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY"]

  aws_service_access_principals = var.services
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.this.roots[0].id
  tags      = { team = "platform" }
}

resource "aws_organizations_organizational_unit" "ci" {
  name      = "ci"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_account" "ci" {
  name              = "ci"
  email             = "ci@example.com"
  parent_id         = aws_organizations_organizational_unit.ci.id
  close_on_deletion = false
  tags              = { stage = "test" }
}

# Only one repository's jobs may come in, whatever the trust policies of the accounts say.
resource "aws_organizations_policy" "one_repository" {
  depends_on = [aws_organizations_organization.this]

  name        = "one-repository"
  description = "Jobs of one GitHub repository only"
  type        = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OneRepository"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Resource  = "*"
      Condition = {
        StringNotEquals = { "token.actions.githubusercontent.com:repository" = var.repository }
        Null            = { "token.actions.githubusercontent.com:aud" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy" "no_secrets" {
  depends_on = [aws_organizations_organization.this]

  name        = "no-secrets"
  description = "Nobody reads secrets"
  type        = "RESOURCE_CONTROL_POLICY"
  tags        = { kind = "guard" }
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "NoSecrets"
      Effect    = var.effect_on_secrets
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::*/secret/*"
    }]
  })
}

resource "aws_organizations_policy" "keep_objects" {
  depends_on = [aws_organizations_organization.this]

  name = "keep-objects"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "KeepObjects", Effect = "Deny", Action = "s3:DeleteObject*", Resource = "*" }]
  })
}

resource "aws_organizations_policy_attachment" "one_repository" {
  policy_id = aws_organizations_policy.one_repository.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_policy_attachment" "no_secrets" {
  policy_id = aws_organizations_policy.no_secrets.id
  target_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_policy_attachment" "keep_objects" {
  policy_id = aws_organizations_policy.keep_objects.id
  target_id = aws_organizations_account.ci.id
}

data "aws_organizations_organization" "read" {
  depends_on = [aws_organizations_account.ci]
}

data "aws_organizations_policies_for_target" "ci" {
  target_id  = aws_organizations_account.ci.id
  filter     = "SERVICE_CONTROL_POLICY"
  depends_on = [aws_organizations_policy_attachment.keep_objects]
}

# The other ways to read an organization.
data "aws_organizations_organizational_units" "root" {
  parent_id  = aws_organizations_organization.this.roots[0].id
  depends_on = [aws_organizations_organizational_unit.ci]
}

data "aws_organizations_organizational_unit" "workloads" {
  parent_id  = aws_organizations_organization.this.roots[0].id
  name       = "workloads"
  depends_on = [aws_organizations_organizational_unit.workloads]
}

data "aws_organizations_organizational_unit_descendant_organizational_units" "root" {
  parent_id  = aws_organizations_organization.this.roots[0].id
  depends_on = [aws_organizations_organizational_unit.ci]
}

data "aws_organizations_organizational_unit_child_accounts" "ci" {
  parent_id  = aws_organizations_organizational_unit.ci.id
  depends_on = [aws_organizations_account.ci]
}

data "aws_organizations_organizational_unit_descendant_accounts" "root" {
  parent_id  = aws_organizations_organization.this.roots[0].id
  depends_on = [aws_organizations_account.ci]
}

data "aws_organizations_policies" "resource_control" {
  filter     = "RESOURCE_CONTROL_POLICY"
  depends_on = [aws_organizations_policy.one_repository, aws_organizations_policy.no_secrets]
}

data "aws_organizations_policy" "no_secrets" {
  policy_id = aws_organizations_policy.no_secrets.id
}

data "aws_organizations_resource_tags" "no_secrets" {
  resource_id = aws_organizations_policy.no_secrets.id
}

data "aws_organizations_delegated_administrators" "all" {
  depends_on = [aws_organizations_account.ci]
}

output "read" {
  value = {
    children       = data.aws_organizations_organizational_units.root.children[*].name
    workloads      = data.aws_organizations_organizational_unit.workloads.id == aws_organizations_organizational_unit.workloads.id
    descendants    = sort(data.aws_organizations_organizational_unit_descendant_organizational_units.root.children[*].name)
    accounts       = data.aws_organizations_organizational_unit_child_accounts.ci.accounts[*].name
    below          = sort(data.aws_organizations_organizational_unit_descendant_accounts.root.accounts[*].name)
    policies       = length(data.aws_organizations_policies.resource_control.ids)
    document       = jsondecode(data.aws_organizations_policy.no_secrets.content).Statement[0].Sid
    tags           = data.aws_organizations_resource_tags.no_secrets.tags
    administrators = data.aws_organizations_delegated_administrators.all.delegated_administrators
  }
}

output "account" {
  value = aws_organizations_account.ci.id
}

output "organization" {
  value = aws_organizations_organization.this.id
}

output "one_repository" {
  value = aws_organizations_policy.one_repository.arn
}

output "no_secrets" {
  value = aws_organizations_policy.no_secrets.arn
}

output "keep_objects" {
  value = aws_organizations_policy.keep_objects.arn
}

output "accounts_read" {
  value = length(data.aws_organizations_organization.read.accounts)
}

output "policies_of_account" {
  value = sort(data.aws_organizations_policies_for_target.ci.ids)
}
