# A provider whose lists and tags change. Its thumbprints are set, changed, and then left to the service:
# the argument is optional and computed, so what is stored must stay as it is.
resource "aws_iam_openid_connect_provider" "circleci" {
  url = "https://oidc.circleci.com/org/5f2b8d7e-1c34-4a5b-9d6e-7f8091a2b3c4"
  client_id_list = [
    ["5f2b8d7e-1c34-4a5b-9d6e-7f8091a2b3c4"],
    ["5f2b8d7e-1c34-4a5b-9d6e-7f8091a2b3c4", "sts.amazonaws.com"],
    ["sts.amazonaws.com"],
  ][local.at]
  thumbprint_list = [
    ["1111111111111111111111111111111111111111", "abcdefabcdefabcdefabcdefabcdefabcdefabcd"],
    ["2222222222222222222222222222222222222222"],
    null,
  ][local.at]
  tags = [{ team = "build", cost = "1" }, { team = "release", tier = "gold" }, {}][local.at]
}

# A provider without thumbprints from the start.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

# Several statements, principals of several kinds, several values of one condition key: the lists come
# back in the order in which they were sent.
data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "Jobs"
    actions = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values = [
        ["repo:my-org/my-repo:ref:refs/heads/*"],
        ["repo:my-org/my-repo:ref:refs/heads/*", "repo:my-org/another:environment:production"],
        ["repo:my-org/my-repo:ref:refs/heads/*"],
      ][local.at]
    }
  }

  statement {
    sid     = "People"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.current.account_id, aws_iam_user.operator.arn]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name                 = "deploy"
  path                 = "/ci/production/"
  description          = ["Deploys from CI: 100% by itself, \"no keys\"", "Déploie", null][local.at]
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = [7200, 43200, null][local.at]
  permissions_boundary = [aws_iam_policy.versions.arn, aws_iam_policy.boundary.arn, null][local.at]
  tags                 = [{ team = "build", empty = "" }, { team = "release" }, {}][local.at]
}

data "aws_iam_role" "deploy" {
  name = aws_iam_role.deploy.name
}

data "aws_iam_openid_connect_provider" "github" {
  url        = "https://token.actions.githubusercontent.com"
  depends_on = [aws_iam_openid_connect_provider.github]
}

# What EC2 would use: the tie between profile and role must be gone before the role is.
resource "aws_iam_role" "machine" {
  name = "machine"
  path = "/ci/"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  force_detach_policies = true
}

resource "aws_iam_instance_profile" "machine" {
  name = "machine"
  path = "/ci/"
  role = [aws_iam_role.machine.name, aws_iam_role.deploy.name, aws_iam_role.machine.name][local.at]
  tags = [{ team = "build" }, { team = "release" }, {}][local.at]
}

output "deploy_role_arn" {
  value = aws_iam_role.deploy.arn
}

output "role_as_read" {
  value = {
    path     = data.aws_iam_role.deploy.path
    duration = data.aws_iam_role.deploy.max_session_duration
  }
}

output "thumbprints" {
  value = {
    circleci = aws_iam_openid_connect_provider.circleci.thumbprint_list
    github   = data.aws_iam_openid_connect_provider.github.thumbprint_list
  }
}
