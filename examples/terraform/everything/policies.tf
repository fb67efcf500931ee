# Percent signs, quotes, non-ASCII text, policy variables and wildcards must come back as they were sent.
data "aws_iam_policy_document" "versions" {
  source_policy_documents = [data.aws_iam_policy_document.read.json]

  statement {
    sid       = "Stage${var.stage}"
    actions   = ["s3:PutObject", "s3:DeleteObject"]
    resources = ["${aws_s3_bucket.files.arn}/stage-${var.stage}/&{aws:PrincipalTag/team}/100%25/é*"]

    condition {
      test     = "DateLessThan"
      variable = "aws:CurrentTime"
      values   = ["2099-01-01T00:00:00Z"]
    }

    condition {
      test     = "IpAddress"
      variable = "aws:SourceIp"
      values   = ["127.0.0.0/8", "10.0.0.0/8"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid       = "Read"
    actions   = ["s3:List*", "s3:Get*"]
    resources = ["*"]
  }
}

# A new document is a new version: three after three stages.
resource "aws_iam_policy" "versions" {
  name        = "versions"
  path        = "/ci/"
  description = "Three versions: \"v1\" < v2 & v3"
  policy      = data.aws_iam_policy_document.versions.json
  tags        = [{ team = "build" }, { team = "release" }, {}][local.at]
}

resource "aws_iam_policy" "boundary" {
  name_prefix = "boundary-"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "iam:Get*", "sts:GetCallerIdentity"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "enter" {
  name = "enter"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "*" }]
  })
}

data "aws_iam_policy" "read_only" {
  name = "AmazonS3ReadOnlyAccess"
}

data "aws_iam_policy" "versions" {
  arn = aws_iam_policy.versions.arn
}

# Inline policies one by one, and the list of them that no other may join.
resource "aws_iam_role_policy" "write" {
  name = "write"
  role = aws_iam_role.deploy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:PutObjectTagging", "s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"]
      Resource = [aws_s3_bucket.files.arn, "${aws_s3_bucket.files.arn}/*"]
    }]
  })
}

resource "aws_iam_role_policy" "look" {
  count = [1, 1, 0][local.at]
  name  = "look"
  role  = aws_iam_role.deploy.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = [["iam:GetRole"], ["iam:GetRole", "iam:ListRoles"]][min(local.at, 1)], Resource = "*" }]
  })
}

resource "aws_iam_role_policies_exclusive" "deploy" {
  role_name    = aws_iam_role.deploy.name
  policy_names = concat([aws_iam_role_policy.write.name], aws_iam_role_policy.look[*].name)
}

resource "aws_iam_role_policy_attachment" "versions" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.versions.arn
}

resource "aws_iam_role_policy_attachment" "read_only" {
  count      = [0, 1, 0][local.at]
  role       = aws_iam_role.deploy.name
  policy_arn = data.aws_iam_policy.read_only.arn
}

resource "aws_iam_role_policy_attachments_exclusive" "deploy" {
  role_name   = aws_iam_role.deploy.name
  policy_arns = concat([aws_iam_role_policy_attachment.versions.policy_arn], aws_iam_role_policy_attachment.read_only[*].policy_arn)
}

# One policy's holders of every kind, as one list. The provider counts whom a policy bounds among them,
# so it is a policy that bounds nobody.
resource "aws_iam_policy_attachment" "enter" {
  name       = "enter"
  policy_arn = aws_iam_policy.enter.arn
  roles      = [[aws_iam_role.machine.name], [], [aws_iam_role.machine.name]][local.at]
  users      = [aws_iam_user.operator.name]
  groups     = [[], [aws_iam_group.operators.name], []][local.at]
}

data "aws_iam_principal_policy_simulation" "deploy" {
  depends_on        = [aws_iam_role_policies_exclusive.deploy, aws_iam_role_policy_attachments_exclusive.deploy]
  policy_source_arn = aws_iam_role.deploy.arn
  action_names      = ["s3:PutObject"]
  resource_arns     = ["${aws_s3_bucket.files.arn}/a"]
}

output "default_version" {
  value = data.aws_iam_policy.versions.policy
}

output "may_put" {
  value = data.aws_iam_principal_policy_simulation.deploy.all_allowed
}
