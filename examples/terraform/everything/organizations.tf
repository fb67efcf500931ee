# An organization of the account itself, which its own control policies do not bind: they wait for members.
resource "aws_organizations_organization" "this" {
  feature_set = "ALL"
  enabled_policy_types = [
    ["SERVICE_CONTROL_POLICY"],
    ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
    ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
  ][local.at]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = ["workloads", "Workloads of CI", "workloads"][local.at]
  parent_id = aws_organizations_organization.this.roots[0].id
  tags      = [{ team = "build" }, { team = "release" }, {}][local.at]
}

resource "aws_organizations_organizational_unit" "ci" {
  name      = "ci"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

# Its description can be changed and not taken away: AWS keeps the old one when it is sent an empty one.
resource "aws_organizations_policy" "keep_trails" {
  name        = ["keep-trails", "keep-all-trails", "keep-trails"][local.at]
  description = ["Nobody stops a trail", "Nobody stops or deletes a trail: \"never\"", "Nobody touches a trail"][local.at]
  type        = "SERVICE_CONTROL_POLICY"
  tags        = [{ kind = "guard" }, {}, { kind = "guard" }][local.at]
  content     = data.aws_iam_policy_document.keep_trails.json
  depends_on  = [aws_organizations_organization.this]
}

data "aws_iam_policy_document" "keep_trails" {
  statement {
    sid       = "KeepTrails"
    effect    = "Deny"
    actions   = [["cloudtrail:StopLogging"], ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging"], ["cloudtrail:*"]][local.at]
    resources = ["*"]
  }
}

# The same policy on another unit: the provider replaces an attachment.
resource "aws_organizations_policy_attachment" "keep_trails" {
  policy_id = aws_organizations_policy.keep_trails.id
  target_id = [
    aws_organizations_organizational_unit.workloads.id,
    aws_organizations_organizational_unit.ci.id,
    aws_organizations_organizational_unit.ci.id,
  ][local.at]
}

# Whatever a trust policy says, only the jobs of one organization come in: keyed on the provider's own claim.
resource "aws_organizations_policy" "own_jobs" {
  count      = [0, 1, 0][local.at]
  name       = "own-jobs"
  type       = "RESOURCE_CONTROL_POLICY"
  depends_on = [aws_organizations_organization.this]
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnJobs"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Resource  = "*"
      Condition = {
        StringNotEquals = { "token.actions.githubusercontent.com:repository_owner" = "my-org" }
        Null            = { "token.actions.githubusercontent.com:aud" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy_attachment" "own_jobs" {
  count     = length(aws_organizations_policy.own_jobs)
  policy_id = aws_organizations_policy.own_jobs[count.index].id
  target_id = aws_organizations_organization.this.roots[0].id
}

data "aws_organizations_policies_for_target" "ci" {
  target_id  = aws_organizations_organizational_unit.ci.id
  filter     = "SERVICE_CONTROL_POLICY"
  depends_on = [aws_organizations_policy_attachment.keep_trails]
}

output "policies_of_ci" {
  value = length(data.aws_organizations_policies_for_target.ci.ids)
}
